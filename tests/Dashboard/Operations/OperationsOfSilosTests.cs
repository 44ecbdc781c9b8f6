using System.Net;
using System.Text.RegularExpressions;
using CivicSignals.Dashboard.Access;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Ingest.Registration;
using CivicSignals.Tests.Integration;
using CivicSignals.Tests.Silo.Hosting;
using CivicSignals.Tests.Silo.Hosting.Cluster;
using Microsoft.Extensions.DependencyInjection;

namespace CivicSignals.Tests.Dashboard.Operations;

/// <summary>Whichever silo an operator comes to, its page is of all of them.</summary>
[Collection(PlatformCollection.Name)]
public sealed partial class OperationsOfSilosTests
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

    [Fact]
    public async Task SendAgain_WhatTheOtherRejectedAndIsMended_IsTakenOnce()
    {
        await using var cluster = await TwoSilos.StartAsync("gw1");
        var (first, second) = (cluster.Silos[0], cluster.Silos[1]);
        var message = new InboundMessage
        {
            Via = "mqtt",
            Topic = "homes/gw9/zigbee2mqtt/hall smoke",
            Payload = """{"smoke":true}"""u8.ToArray(),
            ReceivedAt = TimeProvider.System.GetUtcNow(),
        };
        Assert.Equal(Reasons.UnregisteredSource, (await first.App.Services.GetRequiredService<IMessageIntake>().AcceptAsync(message)).Reason);
        using var browser = Browser(second);
        var page = "";
        await Patience.Until(async () => (page = await ReadAsync(browser)).Contains("/ops/rejected", StringComparison.Ordinal), "the rejected message with its button");
        foreach (var silo in cluster.Silos)
        {
            var registry = silo.App.Services.GetRequiredService<Registry>();
            registry.Put([registry.Find("gw1")!.Home with { Gateway = "gw9", Premises = "p9" }]);
        }

        var again = Again().Match(page).Groups[1].Value;
        Assert.Equal("/ops?sent=evidence#rejected-title", await SendAsync(browser, page, again));
        Assert.Equal("/ops?sent=gone#rejected-title", await SendAsync(browser, page, again));
        Assert.Equal("/ops?sent=gone#rejected-title", await SendAsync(browser, page, "S127.0.0.1:1:1/1"));
        Assert.Null(await SendAsync(browser, page, "nonsense"));
    }

    private static async Task<string> PageAsync(RunningPlatform silo)
    {
        using var browser = Browser(silo);
        return await ReadAsync(browser);
    }

    /// <summary>Keeps cookies, follows no redirects, and is an operator.</summary>
    private static HttpClient Browser(RunningPlatform silo)
    {
        var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = silo.Http.BaseAddress };
        browser.DefaultRequestHeaders.Authorization = new("Bearer", silo.App.Services.GetRequiredService<AccessTokens>().Issue("me", [Roles.Operator]));
        return browser;
    }

    private static async Task<string> ReadAsync(HttpClient browser)
    {
        using var answer = await browser.GetAsync("/ops");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Presses the button; where it leads, or null when it is refused.</summary>
    private static async Task<string?> SendAsync(HttpClient browser, string page, string again)
    {
        var token = Token().Match(page).Groups[1].Value;
        using var form = new FormUrlEncodedContent([new("again", again), new("__RequestVerificationToken", token)]);
        using var answer = await browser.PostAsync("/ops/rejected", form);
        if (answer.StatusCode == HttpStatusCode.BadRequest)
            return null;
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.Location!.OriginalString;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]* value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("name=\"again\" value=\"([^\"]+)\"")]
    private static partial Regex Again();
}
