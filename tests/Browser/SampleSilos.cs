using CivicSignals.Accounting;
using CivicSignals.Silos;

namespace CivicSignals.Tests.Browser;

/// <summary>Three silos, one of which has gone.</summary>
internal sealed class SampleSilos : ISiloBoard
{
    public Task ReportAsync(SiloReport report, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<IReadOnlyList<SiloReport>> ReadAsync(CancellationToken cancellation)
    {
        var now = TimeProvider.System.GetUtcNow();
        return Task.FromResult<IReadOnlyList<SiloReport>>(
        [
            Report("10.0.0.1:11111", now, now, ["area-clock", "feed environment-agency"]),
            Report("10.0.0.2:11111", now, now, ["feed roads", "feed waze", "keeping"]),
            Report("10.0.0.3:11111", now, now.AddMinutes(-4), []),
        ]);
    }

    private static LatencyCounts Took(double ms)
    {
        var record = new LatencyRecord();
        record.Record(TimeSpan.FromMilliseconds(ms));
        return record.Read();
    }

    private static SiloReport Report(string silo, DateTimeOffset now, DateTimeOffset at, IReadOnlyList<string> duties) => new()
    {
        Silo = silo,
        StartedAt = now.AddHours(-20),
        At = at,
        Areas = 412,
        Messages = new MessageTotals(1_204_311, 4_120, 1_199_870, 300, new Dictionary<string, long> { ["unknown-kind"] = 21 }, new Dictionary<string, long>()),
        Alerts = Took(64),
        Commits = Took(16),
        Duties = duties,
        Feeds = SampleFeeds.States(now).Read(),
    };
}
