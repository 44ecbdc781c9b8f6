using CivicSignals.Homes;
using CivicSignals.Ledger;
using CivicSignals.Signals;

namespace CivicSignals.Tests.Silo.Storage;

/// <summary>What every store of facts about homes must do.</summary>
public abstract class HomeFactSuite(ILedgerKeeper keeper) : LedgerSuite(keeper)
{
    private static readonly HomeFact Low = new("gw1", "0x01", HomeFactKind.Battery, T0);

    [Fact]
    public async Task WriteAsync_AfterReopening_IsAsWritten()
    {
        var cut = new PowerCut("0313", 12, 15, T0);
        await AddHomeAsync("gw1");
        await Facts.WriteAsync([Low, new HomeFact("gw1", "", HomeFactKind.Silent, T0.AddMinutes(1)), Low with { Gateway = "nobody" }], [cut]);
        await CloseAsync();
        await OpenAsync();

        var (facts, cuts) = await Facts.OpenAsync(default);
        Assert.Equal([Low with { Name = "hall" }, new HomeFact("gw1", "", HomeFactKind.Silent, T0.AddMinutes(1))], facts.OrderBy(fact => fact.Since));
        Assert.Equal([cut], cuts);
        Assert.Equal(["gw1"], (await Facts.AwayAsync(10, default)).Select(fact => fact.Gateway));
    }

    [Fact]
    public async Task WriteAsync_Ended_IsNoLongerOpenAndComesLast()
    {
        await AddHomeAsync("gw1");
        await Facts.WriteAsync([Low, Low with { What = HomeFactKind.Fault }], [new PowerCut("0313", 12, 15, T0)]);
        await Facts.WriteAsync([Low with { Until = T0.AddHours(1) }], [new PowerCut("0313", 12, 15, T0, T0.AddHours(1))]);

        var (facts, cuts) = await Facts.OpenAsync(default);
        Assert.Equal([HomeFactKind.Fault], facts.Select(fact => fact.What));
        Assert.Empty(cuts);
        Assert.Equal([HomeFactKind.Fault, HomeFactKind.Battery], (await Facts.OfHomeAsync("gw1", 10, default)).Select(fact => fact.What));
        Assert.Equal(T0.AddHours(1), Assert.Single(await Facts.PowerCutsAsync(10, default)).Until);
    }

    [Fact]
    public async Task WriteAsync_MoreThanOneHomeHas_LongestEndedGo()
    {
        await AddHomeAsync("gw1");
        var ended = Enumerable.Range(0, HomeFact.MostPerHome + 5).Select(i => Low with { Since = T0.AddMinutes(i), Until = T0.AddMinutes(i + 1) });
        await Facts.WriteAsync([Low with { What = HomeFactKind.Tamper }, .. ended], []);

        var kept = await Facts.OfHomeAsync("gw1", HomeFact.MostPerHome, default);
        Assert.Equal(HomeFact.MostPerHome, kept.Count);
        Assert.Equal(HomeFactKind.Tamper, kept[0].What);
        Assert.Equal(T0.AddMinutes(6), kept[^1].Since);
        Assert.Equal(HomeFact.MostPerHome - 1, await Facts.CountAsync("gw1", "0x01", HomeFactKind.Battery, T0, default));
        Assert.Equal(1, await Facts.CountAsync("gw1", "0x01", HomeFactKind.Battery, T0.AddMinutes(HomeFact.MostPerHome + 4), default));
    }

    [Fact]
    public async Task PreventionAsync_HomesThatConsent_ListTheirFireAlarmsOnly()
    {
        await AddHomeAsync("gw1");
        await AddHomeAsync("gw2", Consents.Fire);
        await Homes.SightAsync([("gw1", new DeviceSighting("0x02", "door", ["intrusion.contact"], null, "zigbee2mqtt"))], [], T0);
        await Facts.WriteAsync([Low, Low with { Gateway = "gw2" }, Low with { Device = "0x02" }, Low with { What = HomeFactKind.Offline }], []);

        Assert.Equal([new PreventionEntry("p-gw1", new Place(53, -3, 15), HomeFactKind.Battery, T0)], await Facts.PreventionAsync(10, default));
    }

    private async Task AddHomeAsync(string gateway, Consents consents = Consents.Prevention)
    {
        await Homes.SaveAsync(
            [new RegisteredHome { Gateway = gateway, Premises = $"p-{gateway}", Place = new Place(53, -3, 15), Consents = consents, RegisteredAt = T0 }], T0);
        await Homes.SightAsync([(gateway, new DeviceSighting("0x01", "hall", ["fire.smoke"], null, "zigbee2mqtt"))], [], T0);
    }
}
