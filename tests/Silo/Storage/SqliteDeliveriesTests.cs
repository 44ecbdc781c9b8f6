using CivicSignals.Ledger;

namespace CivicSignals.Tests.Silo.Storage;

public sealed class SqliteDeliveriesTests : IDisposable
{
    private const string Target = "mastodon/example.social";
    private static readonly DateTimeOffset T0 = new(2026, 1, 10, 8, 0, 0, TimeSpan.Zero);
    private readonly string _folder = Directory.CreateTempSubdirectory("deliveries-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Save_AfterReopening_IsAsWritten()
    {
        var posted = new Delivered("a1", "113", 2, 1, false, T0);
        await using (var store = SqliteStores.Open(_folder))
        {
            Assert.Null(await store.Deliveries.PositionAsync(Target, default));
            await store.Deliveries.SavePositionAsync(Target, 6);
            await store.Deliveries.SavePositionAsync(Target, 7);
            await store.Deliveries.SaveAsync(Target, posted with { Remote = "", Version = 0 });
            await store.Deliveries.SaveAsync(Target, posted);
        }

        await using var again = SqliteStores.Open(_folder);
        Assert.Equal(7, await again.Deliveries.PositionAsync(Target, default));
        Assert.Equal(posted, await again.Deliveries.FindAsync(Target, "a1", default));
        Assert.Null(await again.Deliveries.FindAsync(Target, "a2", default));
        Assert.Null(await again.Deliveries.FindAsync("bluesky/x.example", "a1", default));
    }

    [Fact]
    public async Task Save_AMonthLater_ForgetsWhatHadEndedAndNothingElse()
    {
        await using var store = SqliteStores.Open(_folder);
        await store.Deliveries.SaveAsync(Target, new Delivered("ended", "1", 2, 1, true, T0));
        await store.Deliveries.SaveAsync(Target, new Delivered("open", "2", 2, 1, false, T0));

        await store.Deliveries.SaveAsync(Target, new Delivered("new", "3", 1, 1, false, T0 + Delivered.KeptFor + TimeSpan.FromSeconds(1)));

        Assert.Null(await store.Deliveries.FindAsync(Target, "ended", default));
        Assert.NotNull(await store.Deliveries.FindAsync(Target, "open", default));
    }
}
