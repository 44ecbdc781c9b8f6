using System.Net;
using CivicSignals.Dashboard.Access;
using CivicSignals.Tests.Integration;
using CivicSignals.Tests.Silo.Hosting;
using CivicSignals.Tests.Silo.Hosting.Cluster;
using Microsoft.Extensions.DependencyInjection;

namespace CivicSignals.Tests.Dashboard.Operations;

/// <summary>Whichever silo an operator comes to, its page is of all of them.</summary>
[Collection(PlatformCollection.Name)]
public sealed class OperationsOfSilosTests
{
    [Fact]
    public async Task Page_OfOneSilo_ShowsWhatTheOtherRejected()
    {
        await using var cluster = await TwoSilos.StartAsync("gw1");
        await cluster.PublishAsync(0, "gw1", "zigbee2mqtt/hall smoke", "{");

        var page = "";
        await Patience.Until(async () => (page = await PageAsync(cluster.Silos[1])).Contains("homes/gw1/zigbee2mqtt/hall smoke", StringComparison.Ordinal), "the rejected message on the other silo's page");

        Assert.Contains("Message account of all silos", page, StringComparison.Ordinal);
        Assert.Contains("""not-json</th><td class="number">1</td>""", page, StringComparison.Ordinal);
    }

    private static async Task<string> PageAsync(RunningPlatform silo)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/ops");
        request.Headers.Authorization = new("Bearer", silo.App.Services.GetRequiredService<AccessTokens>().Issue("me", [Roles.Operator]));
        using var answer = await silo.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }
}
