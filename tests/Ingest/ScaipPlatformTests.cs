using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CivicSignals.Ingest.Registration;
using CivicSignals.Ledger;
using CivicSignals.Tests.Silo.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CivicSignals.Tests.Ingest;

public sealed class ScaipPlatformTests
{
    [Fact]
    public async Task Post_SmokeAlarmToThePlatform_IsAnIncidentWhenItIsAnswered()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var platform = await RunningPlatform.StartAsync(builder =>
            builder.Services.AddSingleton(Registry.Parse(Encoding.UTF8.GetBytes(IngestBench.RegistryJson))));
        platform.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("gw1:s-gw1"u8));
        using var body = new StringContent("<mrq><ref>7</ref><mty>ME</mty><cid>12</cid><dty>23</dty><stc>9</stc></mrq>", Encoding.UTF8, "application/xml");

        using var response = await platform.Http.PostAsync("/api/scaip/gw1", body, cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("<mrs><ref>7</ref><snu>0</snu></mrs>", await response.Content.ReadAsStringAsync(cancellation));
        Assert.Single(await platform.App.Services.GetRequiredService<ILedgerReader>().IncidentsAsync(new IncidentQuery(), cancellation));
    }
}
