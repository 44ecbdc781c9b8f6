using CivicSignals.Ledger;

namespace CivicSignals.Tests.Silo.Storage;

/// <summary>What every store of deliveries must do.</summary>
public abstract class DeliverySuite(ILedgerKeeper keeper) : LedgerSuite(keeper)
{
    private const string Target = "mastodon/example.social";

    [Fact]
    public async Task Save_AfterReopening_IsAsWritten()
    {
        var posted = new Delivered("a1", "113", 2, 1, false, T0);
        Assert.Null(await Deliveries.PositionAsync(Target, default));
        await Deliveries.SavePositionAsync(Target, 6);
        await Deliveries.SavePositionAsync(Target, 7);
        await Deliveries.SaveAsync(Target, posted with { Remote = "", Version = 0 });
        await Deliveries.SaveAsync(Target, posted);
        await CloseAsync();
        await OpenAsync();

        Assert.Equal(7, await Deliveries.PositionAsync(Target, default));
        Assert.Equal(posted, await Deliveries.FindAsync(Target, "a1", default));
        Assert.Null(await Deliveries.FindAsync(Target, "a2", default));
        Assert.Null(await Deliveries.FindAsync("bluesky/x.example", "a1", default));
    }

    [Fact]
    public async Task Save_AMonthLater_ForgetsWhatHadEndedAndNothingElse()
    {
        await Deliveries.SaveAsync(Target, new Delivered("ended", "1", 2, 1, true, T0));
        await Deliveries.SaveAsync(Target, new Delivered("open", "2", 2, 1, false, T0));

        await Deliveries.SaveAsync(Target, new Delivered("new", "3", 1, 1, false, T0 + Delivered.KeptFor + TimeSpan.FromSeconds(1)));

        Assert.Null(await Deliveries.FindAsync(Target, "ended", default));
        Assert.NotNull(await Deliveries.FindAsync(Target, "open", default));
    }
}
