using CivicSignals.Homes;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Signals;

namespace CivicSignals.Tests.Silence;

/// <summary>What devices say of themselves, from the message to the ledger's file.</summary>
public sealed class HomeFactTests : IAsyncLifetime
{
    private const string Hall = "homes/gw1/z2m/hall";
    private SilenceBench _bench = null!;

    public async ValueTask InitializeAsync()
    {
        _bench = await SilenceBench.StartAsync();
        await _bench.AddAsync(Consents.Fire, "gw1 53.0466 -2.9925");
        await _bench.SendAsync("homes/gw1/z2m/bridge/devices", """
            [{"ieee_address":"0x01","friendly_name":"hall","definition":{"model":"SD1","exposes":[
              {"type":"binary","property":"smoke","access":1,"value_on":true,"value_off":false},{"type":"binary","property":"tamper","access":1,"value_on":true,"value_off":false},
              {"type":"numeric","property":"battery","access":1},{"type":"binary","property":"battery_low","access":1,"value_on":true,"value_off":false}]}}]
            """);
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task Supervision_BeginsOnceAndEnds_AndIsNoEvidence()
    {
        var outcome = await _bench.SendAsync(Hall, """{"battery_low":true,"tamper":false}""");
        await _bench.SendAsync(Hall, """{"battery_low":true,"tamper":false}""");
        await _bench.LookAsync();
        Assert.Equal("0x01 Battery", await _bench.SaysAsync("gw1"));

        await _bench.SendAsync(Hall, """{"battery_low":false,"battery":90,"tamper":true}""");
        await _bench.LookAsync();

        Assert.Equal("0x01 Battery-, 0x01 Tamper", await _bench.SaysAsync("gw1"));
        Assert.Equal(MessageOutcome.Ambient, outcome);
        Assert.Empty(_bench.Areas.Offers);
    }

    [Fact]
    public async Task Supervision_RetainedAgainAfterARestart_IsTheSameFact()
    {
        await _bench.SendAsync(Hall, """{"battery_low":true}""", retain: true);
        await _bench.LookAsync();
        var first = Assert.Single(await _bench.Facts.OfHomeAsync("gw1", 10, default));

        _bench = await _bench.RestartAsync();
        _bench.Time.Advance(TimeSpan.FromHours(1));
        await _bench.SendAsync(Hall, """{"battery_low":true}""", retain: true);
        await _bench.SendAsync("homes/gw1/z2m/bridge/devices", """[{"ieee_address":"0x01","friendly_name":"hall","definition":{"model":"SD1","exposes":[{"type":"binary","property":"battery_low","access":1,"value_on":true,"value_off":false}]}}]""");
        await _bench.SendAsync(Hall, """{"battery_low":true}""", retain: true);
        await _bench.LookAsync();

        Assert.Contains(first, await _bench.Facts.OfHomeAsync("gw1", 10, default));
    }

    [Fact]
    public async Task Supervision_OverheardFromANeighbour_IsNoFactOfThisHome()
    {
        await _bench.SendAsync("homes/gw1/rtl_433/pi/events", """{"time":"2026-01-10T08:00:00Z","model":"Cavius-Security","id":4711,"battery_ok":0,"text":"Battery low"}""");
        await _bench.LookAsync();
        Assert.Equal("", await _bench.SaysAsync("gw1"));
    }

    [Fact]
    public async Task Device_QuietForLongerThanIsItsOwn_IsSilentOnceUntilHeard()
    {
        await _bench.SendAsync(Hall, """{"smoke":false,"battery":90}""");
        await _bench.PassAsync(TimeSpan.FromHours(24));
        await _bench.SendAsync("homes/gw1/z2m/bridge/health", "{}"); // The gateway itself is there.
        await _bench.PassAsync(TimeSpan.FromMinutes(59));
        Assert.Equal("", await _bench.SaysAsync("gw1"));

        await _bench.PassAsync(TimeSpan.FromHours(4));
        var silent = Assert.Single(await _bench.Facts.OfHomeAsync("gw1", 10, default));
        Assert.Equal(("0x01", HomeFactKind.Silent, _bench.Time.Start), (silent.Device, silent.What, silent.Since));

        await _bench.SendAsync(Hall, """{"smoke":false}""", retain: true); // What a gateway repeats is no sign of the device.
        await _bench.LookAsync();
        Assert.Equal("0x01 Silent", await _bench.SaysAsync("gw1"));

        await _bench.SendAsync(Hall, """{"smoke":false}""");
        await _bench.LookAsync();
        Assert.Equal("0x01 Silent-", await _bench.SaysAsync("gw1"));
    }

    [Fact]
    public async Task Device_ThatHasLeftItsHome_IsNotMissed()
    {
        await _bench.SendAsync(Hall, """{"smoke":false,"battery":90}""");
        await _bench.PassAsync(TimeSpan.FromHours(24));
        await _bench.SendAsync("homes/gw1/z2m/bridge/health", "{}");
        await _bench.PassAsync(TimeSpan.FromHours(4));
        Assert.Equal("0x01 Silent", await _bench.SaysAsync("gw1"));

        await _bench.SendAsync("homes/gw1/z2m/bridge/devices", """[{"ieee_address":"0x02","friendly_name":"attic","definition":{"model":"SD1","exposes":[]}}]""");
        await _bench.LookAsync();
        Assert.Equal("0x01 Silent-", await _bench.SaysAsync("gw1"));
    }

    [Fact]
    public async Task Gateway_QuietForADay_IsSilentUntilHeard()
    {
        await _bench.SendAsync("homes/gw1/z2m/bridge/health", "{}");
        await _bench.PassAsync(TimeSpan.FromHours(26));
        Assert.Contains("Silent", (await _bench.SaysAsync("gw1")).Split(", "));

        await _bench.SendAsync("homes/gw1/z2m/bridge/health", "{}");
        await _bench.LookAsync();
        Assert.Contains("Silent-", (await _bench.SaysAsync("gw1")).Split(", "));
    }

    [Theory]
    [InlineData("z2m/bridge/state", """{"state":"offline"}""", """{"state":"online"}""", "z2m/bridge/state Offline")]
    [InlineData("z2m/bridge/state", "offline", "online", "z2m/bridge/state Offline")]
    [InlineData("z2m/hall/availability", """{"state":"offline"}""", """{"state":"online"}""", "0x01 Offline")]
    [InlineData("broker/state", "0", "1", "Offline")]
    [InlineData("$SYS/broker/connection/pi.civic/state", "0", "1", "Offline")]
    [InlineData("tele/plug/LWT", "Offline", "Online", "plug Offline")]
    public async Task Presence_OfflineForLongerThanAFlap_IsAFactUntilItIsBack(string path, string offline, string online, string fact)
    {
        await _bench.SendAsync($"homes/gw1/{path}", online);
        await _bench.SendAsync($"homes/gw1/{path}", offline);
        await _bench.PassAsync(TimeSpan.FromMinutes(4));
        Assert.Equal("", await _bench.SaysAsync("gw1"));
        await _bench.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(fact, await _bench.SaysAsync("gw1"));

        await _bench.SendAsync($"homes/gw1/{path}", online);
        await _bench.LookAsync();
        Assert.Equal(fact + "-", await _bench.SaysAsync("gw1"));
    }

    [Fact]
    public async Task Presence_OfASleeper_MeansNothing()
    {
        await _bench.SendAsync("homes/gw1/shellies/shellysmoke-AABBCC/online", "true");
        await _bench.SendAsync("homes/gw1/shellies/shellysmoke-AABBCC/online", "false");
        await _bench.PassAsync(TimeSpan.FromMinutes(30));
        Assert.Equal("", await _bench.SaysAsync("gw1"));
    }

    [Fact]
    public async Task Connection_LostWithoutAWord_IsAFactAfterItsGraceUntilItIsBack()
    {
        _bench.Connections.Came("gw1");
        _bench.Connections.Went("gw1", withoutAWord: false);
        await _bench.PassAsync(TimeSpan.FromMinutes(10));
        Assert.Equal("", await _bench.SaysAsync("gw1"));

        _bench.Connections.Came("gw1");
        _bench.Connections.Went("gw1", withoutAWord: true);
        await _bench.PassAsync(TimeSpan.FromMinutes(6));
        Assert.Equal("Offline", await _bench.SaysAsync("gw1"));

        _bench = await _bench.RestartAsync();
        await _bench.LookAsync();
        Assert.Equal("Offline", await _bench.SaysAsync("gw1"));

        _bench.Connections.Came("gw1");
        await _bench.LookAsync();
        Assert.Equal("Offline-", await _bench.SaysAsync("gw1"));
    }

    [Fact]
    public async Task Facts_MoreThanOneHomeHas_KeepTheBound()
    {
        var facts = Enumerable.Range(0, HomeFact.MostPerHome + 20).Select(i => new HomeFact("gw1", $"{i}", HomeFactKind.Fault, _bench.Time.Start.AddMinutes(i), i < 50 ? _bench.Time.Start.AddMinutes(i + 1) : null)).ToList();
        await _bench.Facts.WriteAsync([.. facts, new HomeFact("nobody", "1", HomeFactKind.Fault, _bench.Time.Start)], []);

        var kept = await _bench.Facts.OfHomeAsync("gw1", 1000, default);
        Assert.Equal(HomeFact.MostPerHome, kept.Count);
        Assert.Equal(30, kept.Count(fact => fact.Until is not null));
        Assert.Empty(await _bench.Facts.OfHomeAsync("nobody", 10, default));
    }
}
