using System.Diagnostics.Metrics;
using CivicSignals.Duties;
using CivicSignals.Ledger;
using CivicSignals.Signals;
using CivicSignals.Silo.Hosting;
using CivicSignals.Silo.Storage.Sqlite;
using CivicSignals.Silo.Telemetry;
using CivicSignals.Tests.Integration;
using CivicSignals.Tests.Silo.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CivicSignals.Tests.Silo.Hosting;

public sealed class KeepingTests
{
    [Fact]
    public async Task Run_DaysGoBy_IncidentsAreReducedAndRemovedByTheOptions()
    {
        var folder = Directory.CreateTempSubdirectory("keeping-").FullName;
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 10, 8, 0, 0, TimeSpan.Zero));
        await using (var store = SqliteStores.Open(folder, time: time))
        {
            var town = new RetentionTown(store.Ledger, 1);
            var debris = await town.PassAsync("a", Hazard.RoadHazard, time.GetUtcNow());
            var fire = await town.PassAsync("a", Hazard.Fire, time.GetUtcNow());
            using var keeping = Keeping(store, time);
            await keeping.StartAsync(default);

            await PassAsync(8, async () => (await store.Reader.IncidentAsync(debris, default)).Count == 0);
            Assert.Contains(await store.Reader.IncidentAsync(fire, default), entry => entry.Type == EntryType.Evidence);
            await PassAsync(3, async () => (await store.Reader.IncidentAsync(fire, default)).All(entry => entry.Type != EntryType.Evidence));
            await keeping.StopAsync(default);
        }

        Directory.Delete(folder, recursive: true);

        Task PassAsync(int days, Func<Task<bool>> isSo)
        {
            time.Advance(TimeSpan.FromDays(days));
            return Patience.Until(
                async () =>
                {
                    time.Advance(TimeSpan.FromHours(1)); // The next hour finds what this one began without.
                    return await isSo();
                },
                $"what is over after {days} days more to go");
        }
    }

    private static Keeping Keeping(SqliteStore store, FakeTimeProvider time)
    {
        var meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        var options = Options.Create(new RetentionOptions { DetailDays = 10, RoadHazardDays = 7 });
        return new Keeping(store.Questions, store.Posts, store.Retention, options, new WorkMetrics(meters), new SoleMachine(), time, NullLogger<Keeping>.Instance);
    }
}
