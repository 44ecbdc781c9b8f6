using System.Text;
using CivicSignals.Homes;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Ledger;
using CivicSignals.Signals;
using CivicSignals.Tests.Ingest;
using CivicSignals.Tests.Silo.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CivicSignals.Tests.Silence;

/// <summary>The whole platform: a fault is on the home-safety list by itself, and nobody is alerted.</summary>
public sealed class PlatformTests
{
    [Fact]
    public async Task Precursor_OfAnAlarm_IsListedAndIsNoIncident()
    {
        await using var platform = await RunningPlatform.StartAsync();
        var services = platform.App.Services;
        var homes = services.GetRequiredService<IHomes>();
        var facts = services.GetRequiredService<IHomeFacts>();
        var home = (await homes.SignUpAsync(new HomeDraft(new Place(53.0466, -2.9925, 15), "dwelling", Consents.Fire | Consents.Prevention), default)).Home;

        await SendAsync("bridge/devices", """
            [{"ieee_address":"0x01","friendly_name":"hall","definition":{"model":"SD1","exposes":[
              {"type":"binary","property":"smoke","access":1,"value_on":true,"value_off":false},{"type":"binary","property":"battery_low","access":1,"value_on":true,"value_off":false},
              {"type":"binary","property":"tamper","access":1,"value_on":true,"value_off":false}]}}]
            """);
        await SendAsync("hall", """{"battery_low":true,"tamper":true}""");

        IReadOnlyList<PreventionEntry> list = [];
        using var patience = new CancellationTokenSource(MqttTown.Patience);
        while (list.Count < 2)
        {
            await Task.Delay(50, patience.Token);
            list = await facts.PreventionAsync(10, default);
        }

        Assert.All(list, entry => Assert.Equal(home.Premises, entry.Premises));
        Assert.Empty(await services.GetRequiredService<ILedgerReader>().ReadAsync(0, TailScope.Everything, 100, default));

        await homes.EraseAsync(home.Gateway, default);
        Assert.Empty(await facts.PreventionAsync(10, default));
        Assert.Empty(await facts.OfHomeAsync(home.Gateway, 10, default));

        async Task SendAsync(string path, string payload) => await services.GetRequiredService<SignalPipeline>().AcceptAsync(new InboundMessage
        {
            Via = "mqtt",
            Topic = $"homes/{home.Gateway}/z2m/{path}",
            Payload = Encoding.UTF8.GetBytes(payload),
            ReceivedAt = TimeProvider.System.GetUtcNow(),
        });
    }
}
