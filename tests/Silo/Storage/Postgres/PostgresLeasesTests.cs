using CivicSignals.Silo.Storage.Postgres;
using CivicSignals.Tests.Integration;

namespace CivicSignals.Tests.Silo.Storage.Postgres;

public sealed class PostgresLeasesTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task TakeAsync_OneAtATime_UntilItIsGivenUpOrHasEnded()
    {
        var server = await PostgresServer.SharedAsync();
        var database = await server.CreateDatabaseAsync();
        await using (var source = PostgresSource.Create(server.To(database)))
        {
            var leases = new PostgresLeases(new PostgresDatabase(source));
            Assert.True(await leases.TakeAsync("feeds", "a", Long));
            Assert.True(await leases.TakeAsync("feeds", "a", Long));
            Assert.False(await leases.TakeAsync("feeds", "b", Long));
            Assert.True(await leases.TakeAsync("clock", "b", Long));

            await leases.GiveUpAsync("feeds", "b"); // Not his.
            Assert.False(await leases.TakeAsync("feeds", "b", Long));
            await leases.GiveUpAsync("feeds", "a");
            Assert.True(await leases.TakeAsync("feeds", "b", TimeSpan.FromMilliseconds(1)));
            await Patience.Until(() => leases.TakeAsync("feeds", "a", Long), "the end of a lease");
            Assert.False(await leases.TakeAsync("feeds", "b", Long));
        }

        await server.DropDatabaseAsync(database);
    }
}
