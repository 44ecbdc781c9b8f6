using CivicSignals.Accounting;
using CivicSignals.Areas;
using CivicSignals.Dashboard.Deliveries;
using CivicSignals.Duties;
using CivicSignals.Feeds;
using CivicSignals.Silos;

namespace CivicSignals.Dashboard.Operations;

/// <summary>How this silo is.</summary>
public sealed class OwnReport(
    AreaCount areas, MessageAccount account, DeadLetters letters, Latencies latencies, DeliveryBoard deliveries, IFeedStates feeds, IDuties duties, TimeProvider time)
{
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();

    /// <summary>How it is now.</summary>
    /// <param name="silo">Where the others reach it.</param>
    public SiloReport Read(string silo) => new()
    {
        Silo = silo,
        StartedAt = _startedAt,
        At = time.GetUtcNow(),
        Areas = areas.Held,
        Messages = account.Read(),
        Alerts = latencies.Alerts.Read(),
        Commits = latencies.Commits.Read(),
        Duties = [.. duties.Held.Order(StringComparer.Ordinal)],
        Rejected = letters.Newest(SiloReport.MostRejected),
        Deliveries = deliveries.States,
        Feeds = feeds.Read(),
    };
}
