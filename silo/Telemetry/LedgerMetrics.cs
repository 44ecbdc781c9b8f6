using System.Diagnostics.Metrics;
using CivicSignals.Accounting;

namespace CivicSignals.Silo.Telemetry;

/// <summary>What the ledger does, in numbers.</summary>
public sealed class LedgerMetrics
{
    private static readonly KeyValuePair<string, object?> Committed = new("outcome", "committed");
    private static readonly KeyValuePair<string, object?> Conflict = new("outcome", "conflict");
    private readonly Histogram<double> _duration;
    private readonly Histogram<int> _groupSize;
    private readonly Counter<long> _commits;
    private readonly Counter<long> _entries;
    private long _failed;

    public LedgerMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MessageAccount.MeterName);
        _duration = meter.CreateHistogram(
            "civicsignals.ledger.commit.duration",
            "s",
            "From an area's commit to its being on disk, waiting included",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [.0005, .001, .002, .005, .01, .02, .05, .1, .2, .5, 1, 2, 5, 10] });
        _groupSize = meter.CreateHistogram(
            "civicsignals.ledger.group.size",
            "{commit}",
            "Writes that shared one transaction",
            advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 4096] });
        _commits = meter.CreateCounter<long>("civicsignals.ledger.commits", "{commit}", "Area commits, by outcome");
        _entries = meter.CreateCounter<long>("civicsignals.ledger.entries", "{entry}", "Entries appended");

        // Observed, so that it stands at zero from the start: a rule sees the first failure as a change.
        meter.CreateObservableCounter("civicsignals.ledger.write_failures", () => Volatile.Read(ref _failed), "{write}", "Writes that the database did not take");
    }

    /// <summary>Counts one area's commit; false: another activation had written the area.</summary>
    public void AreaCommitted(TimeSpan duration, bool committed)
    {
        _duration.Record(duration.TotalSeconds);
        _commits.Add(1, committed ? Committed : Conflict);
    }

    /// <summary>Counts one transaction.</summary>
    public void GroupCommitted(int writes, long entries)
    {
        _groupSize.Record(writes);
        _entries.Add(entries);
    }

    /// <summary>Counts the writes of a transaction that failed.</summary>
    public void GroupFailed(int writes) => Interlocked.Add(ref _failed, writes);
}
