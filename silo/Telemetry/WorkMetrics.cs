using System.Diagnostics.Metrics;
using CivicSignals.Accounting;
using CivicSignals.Ledger;

namespace CivicSignals.Silo.Telemetry;

/// <summary>What the silo does in the background, in numbers.</summary>
public sealed class WorkMetrics
{
    private static readonly KeyValuePair<string, object?> Done = new("outcome", "done");
    private static readonly KeyValuePair<string, object?> Failed = new("outcome", "failed");
    private readonly Counter<long> _announcements;
    private readonly Counter<long> _ticks;
    private readonly Counter<long> _removed;

    public WorkMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MessageAccount.MeterName);
        _announcements = meter.CreateCounter<long>("civicsignals.ledger.announcements", "{announcement}", "Pushes of the ledger's head to all silos, by outcome");
        _ticks = meter.CreateCounter<long>("civicsignals.area.ticks", "{tick}", "Calls to areas with something to close, by outcome");
        _removed = meter.CreateCounter<long>("civicsignals.retention.removed", "{item}", "What had been kept for long enough, by what it was");
    }

    /// <summary>Counts one push of the ledger's head.</summary>
    public void Announced(bool succeeded) => _announcements.Add(1, succeeded ? Done : Failed);

    /// <summary>Counts one call to an area with something to close.</summary>
    public void Ticked(bool succeeded) => _ticks.Add(1, succeeded ? Done : Failed);

    /// <summary>Counts what a step of retention did.</summary>
    public void Retained(RetentionStep step)
    {
        Count(step.Reduced, "detail");
        Count(step.Removed, "incident");
        Count(step.Entries, "entry");
        Count(step.Beside, "beside");

        void Count(int removed, string what)
        {
            if (removed > 0)
                _removed.Add(removed, new KeyValuePair<string, object?>("what", what));
        }
    }
}
