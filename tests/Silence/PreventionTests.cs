using System.Text;
using System.Text.Json;
using CivicSignals.Homes;
using CivicSignals.Incidents;
using CivicSignals.Ledger;
using CivicSignals.Signals;

namespace CivicSignals.Tests.Silence;

/// <summary>The fire service's home-safety list: with consent only, and never by way of the emergency queue.</summary>
public sealed class PreventionTests : IAsyncLifetime
{
    private const string Hall = "homes/gw1/z2m/hall";
    private const string Devices = """
        [{"ieee_address":"0x01","friendly_name":"hall","definition":{"model":"SD1","exposes":[
           {"type":"binary","property":"smoke","access":1,"value_on":true,"value_off":false},{"type":"binary","property":"battery_low","access":1,"value_on":true,"value_off":false},
           {"type":"binary","property":"test","access":1,"value_on":true,"value_off":false},{"type":"binary","property":"fault","access":1,"value_on":true,"value_off":false}]}},
         {"ieee_address":"0x02","friendly_name":"door","definition":{"model":"DW1","exposes":[
           {"type":"binary","property":"contact","access":1,"value_on":false,"value_off":true},{"type":"binary","property":"battery_low","access":1,"value_on":true,"value_off":false}]}}]
        """;

    private SilenceBench _bench = null!;

    public async ValueTask InitializeAsync()
    {
        _bench = await SilenceBench.StartAsync();
        await _bench.AddAsync(Consents.Fire | Consents.Prevention, "gw1 53.0466 -2.9925");
        await _bench.DescribeAsync("gw1", "0x01", "fire.smoke");
        await _bench.DescribeAsync("gw1", "0x02", "intrusion.contact");
        await _bench.SendAsync("homes/gw1/z2m/bridge/devices", Devices);
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task Precursors_OfAlarmsOnly_AreListedAndReachNoArea()
    {
        await _bench.SendAsync(Hall, """{"battery_low":true,"fault":true}""");
        await _bench.SendAsync("homes/gw1/z2m/door", """{"contact":true,"battery_low":true}""");
        await _bench.LookAsync();

        var list = await _bench.Facts.PreventionAsync(10, default);
        Assert.Equal([HomeFactKind.Battery, HomeFactKind.Fault], list.Select(entry => entry.What).Order());
        Assert.All(list, entry => Assert.Equal((53.0466, -2.9925), (entry.Place.Lat, entry.Place.Lon)));
        Assert.DoesNotContain("hall", JsonSerializer.Serialize(new PreventionList(list), HomeJson.Lines.PreventionList), StringComparison.Ordinal);
        Assert.DoesNotContain(_bench.Areas.Signals, signal => signal.Active);

        await _bench.SendAsync(Hall, """{"battery_low":false,"fault":false}""");
        await _bench.LookAsync();
        Assert.Empty(await _bench.Facts.PreventionAsync(10, default));
    }

    [Fact]
    public async Task Consent_Withdrawn_TakesTheHomeOffTheListAtOnce()
    {
        await _bench.SendAsync(Hall, """{"battery_low":true}""");
        await _bench.LookAsync();
        Assert.Single(await _bench.Facts.PreventionAsync(10, default));

        await _bench.Homes.ConsentAsync("gw1", Consents.Fire, default);
        Assert.Empty(await _bench.Facts.PreventionAsync(10, default));
        Assert.Equal("0x01 Battery", await _bench.SaysAsync("gw1")); // Its people still see it.

        await _bench.Homes.ConsentAsync("gw1", Consents.Prevention, default);
        Assert.Single(await _bench.Facts.PreventionAsync(10, default));
    }

    [Fact]
    public async Task Erasure_RemovesFactsAndNothingWritesThemAgain()
    {
        await _bench.SendAsync(Hall, """{"battery_low":true}""");
        await _bench.LookAsync();
        var export = Encoding.UTF8.GetString((await _bench.Homes.ExportAsync("gw1", default))!.Value.Span);
        Assert.Contains("\"facts\":[{\"gateway\":\"gw1\",\"device\":\"0x01\",\"what\":\"Battery\"", export, StringComparison.Ordinal);

        await _bench.SendAsync(Hall, """{"fault":true}"""); // Not written down yet.
        await _bench.Homes.EraseAsync("gw1", default);
        await _bench.LookAsync();

        Assert.Empty(await _bench.Facts.OfHomeAsync("gw1", 10, default));
        Assert.Empty(await _bench.Facts.PreventionAsync(10, default));
        Assert.Empty((await _bench.Facts.OpenAsync(default)).Facts);
    }

    [Fact]
    public async Task Alarm_ShortAndUnconfirmedThreeTimes_IsANuisanceUntilAMonthHasPassed()
    {
        for (var day = 0; day < 3; day++)
        {
            Assert.DoesNotContain("Nuisance", await _bench.SaysAsync("gw1"), StringComparison.Ordinal);
            await SoundAsync(TimeSpan.FromMinutes(4));
            await _bench.PassAsync(TimeSpan.FromHours(2));
        }

        Assert.Equal("0x01 FalseAlarm-, 0x01 FalseAlarm-, 0x01 FalseAlarm-, 0x01 Nuisance", await _bench.SaysAsync("gw1"));
        Assert.Equal(HomeFactKind.Nuisance, Assert.Single(await _bench.Facts.PreventionAsync(10, default)).What);

        _bench.Time.Advance(TimeSpan.FromDays(31));
        await _bench.SendAsync(Hall, """{"smoke":false}""");
        await _bench.LookAsync();
        Assert.Contains("0x01 Nuisance-", await _bench.SaysAsync("gw1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Alarm_LongOrTestedOrConfirmed_IsNotCounted()
    {
        await SoundAsync(TimeSpan.FromMinutes(11));
        await _bench.SendAsync(Hall, """{"smoke":true,"test":true}""");
        await _bench.SendAsync(Hall, """{"smoke":false,"test":false}""");
        await ConfirmAsync();
        await SoundAsync(TimeSpan.FromMinutes(4));
        await _bench.PassAsync(TimeSpan.FromHours(2));
        Assert.Equal("", await _bench.SaysAsync("gw1"));
    }

    private async Task SoundAsync(TimeSpan time)
    {
        await _bench.SendAsync(Hall, """{"smoke":true}""");
        await _bench.PassAsync(time);
        await _bench.SendAsync(Hall, """{"smoke":false}""");
    }

    /// <summary>An incident with that alarm in it, confirmed.</summary>
    private async Task ConfirmAsync()
    {
        var at = _bench.Time.GetUtcNow();
        EvidenceLine smoke = new("homes/gw1/0x01", "fire.smoke", at, 9.2, 9.2, "", 53.0466, -2.9925, null);
        IncidentLine line = new(
            at, "incident", "i1", Hazard.Fire, 53.0466, -2.9925, 15, 0.99, Stage.Open, null, new Confirmation("operator", 1, at, ["ann"]), [smoke], null, at, null, null, "1", []);
        LedgerEntry entry = new(0, EntryType.Incident, at, "0313", "i1", JsonSerializer.SerializeToUtf8Bytes(line, LedgerJson.Lines.IncidentLine), Open: true);
        await _bench.Ledger.CommitAsync(new AreaCommit("0313", 0, Encoding.UTF8.GetBytes("{}"), null, [entry]));
    }
}
