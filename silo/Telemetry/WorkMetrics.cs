using System.Diagnostics.Metrics;
using CivicSignals.Accounting;

namespace CivicSignals.Silo.Telemetry;

/// <summary>What the silo does in the background, in numbers.</summary>
public sealed class WorkMetrics
{
    private static readonly KeyValuePair<string, object?> Done = new("outcome", "done");
    private static readonly KeyValuePair<string, object?> Failed = new("outcome", "failed");
    private readonly Counter<long> _announcements;
    private readonly Counter<long> _ticks;

    public WorkMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MessageAccount.MeterName);
        _announcements = meter.CreateCounter<long>("civicsignals.ledger.announcements", "{announcement}", "Pushes of the ledger's head to all silos, by outcome");
        _ticks = meter.CreateCounter<long>("civicsignals.area.ticks", "{tick}", "Calls to areas with something to close, by outcome");
    }

    /// <summary>Counts one push of the ledger's head.</summary>
    public void Announced(bool succeeded) => _announcements.Add(1, succeeded ? Done : Failed);

    /// <summary>Counts one call to an area with something to close.</summary>
    public void Ticked(bool succeeded) => _ticks.Add(1, succeeded ? Done : Failed);
}
