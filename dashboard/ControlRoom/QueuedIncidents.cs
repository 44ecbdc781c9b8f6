using System.Text.Json;
using CivicSignals.Alerts;
using CivicSignals.Incidents;
using CivicSignals.Ledger;

namespace CivicSignals.Dashboard.ControlRoom;

/// <summary>What a control room looks at, in the order in which it should.</summary>
/// <param name="Alerted">Open incidents that the control room was told of, most urgent first.</param>
/// <param name="Watched">Open ones that are too weak to bother anyone, likeliest first.</param>
/// <param name="ClosedLately">Those of <paramref name="Alerted"/> that closed within a day, newest first.</param>
public sealed record QueuedIncidents(IReadOnlyList<IncidentLine> Alerted, IReadOnlyList<IncidentLine> Watched, IReadOnlyList<IncidentLine> ClosedLately)
{
    private const int OpenLimit = 1000;
    private const int ClosedLimit = 200;
    private const int ClosedShown = 20;

    public static async Task<QueuedIncidents> ReadAsync(ILedgerReader ledger, DateTimeOffset now, CancellationToken cancellation)
    {
        var open = await ledger.IncidentsAsync(new(Open: true, Limit: OpenLimit), cancellation);
        var closed = await ledger.IncidentsAsync(new(Open: false, Since: now.AddDays(-1), Limit: ClosedLimit), cancellation);
        return Of([.. open.Select(Read)], [.. closed.Select(Read)]);
    }

    /// <summary>
    /// Unacknowledged before acknowledged. Among the unacknowledged: confirmed ones first, then the likelier, then the newer.
    /// Among the acknowledged: the newest change first.
    /// </summary>
    public static QueuedIncidents Of(IReadOnlyList<IncidentLine> open, IReadOnlyList<IncidentLine> closed)
    {
        var told = open.ToLookup(WasTold);
        var waiting = told[true].Where(line => line.AcknowledgedBy is null)
            .OrderByDescending(line => line.Confirmation is not null)
            .ThenByDescending(line => line.Belief)
            .ThenByDescending(line => line.OpenedAt);
        var owned = told[true].Where(line => line.AcknowledgedBy is not null).OrderByDescending(line => line.At);
        return new(
            [.. waiting, .. owned],
            [.. told[false].OrderByDescending(line => line.Belief)],
            [.. closed.Where(WasTold).OrderByDescending(line => line.At).Take(ClosedShown)]);
    }

    private static bool WasTold(IncidentLine line) => line.Alerted.Contains(Audience.ControlRoom);

    private static IncidentLine Read(LedgerEntry entry) => JsonSerializer.Deserialize(entry.Body.Span, LedgerJson.Lines.IncidentLine)!;
}
