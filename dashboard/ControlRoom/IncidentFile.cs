using System.Text.Json;
using CivicSignals.Alerts;
using CivicSignals.Incidents;
using CivicSignals.Ledger;

namespace CivicSignals.Dashboard.ControlRoom;

/// <summary>Everything that the ledger holds about one incident, as a control room reads it.</summary>
/// <param name="Area">Quadkey of the area that owns it now.</param>
/// <param name="Line">The incident as it stands.</param>
/// <param name="Alerts">Every alert version to every audience, grouped by alert, oldest first.</param>
/// <param name="Log">What happened, oldest first.</param>
/// <param name="Posts">The public posts among its evidence.</param>
public sealed record IncidentFile(string Area, IncidentLine Line, IReadOnlyList<IReadOnlyList<Alert>> Alerts, IReadOnlyList<LogLine> Log, IncidentPosts Posts)
{
    /// <summary>Reads it, or null when there is no such incident.</summary>
    public static async Task<IncidentFile?> ReadAsync(ILedgerReader ledger, IPostStore posts, string incident, CancellationToken cancellation)
    {
        var entries = await ledger.IncidentAsync(incident, cancellation);
        if (Of(entries) is not { } file)
            return null;
        return file with { Posts = await IncidentPosts.ReadAsync(await IncidentPosts.WithOriginsAsync(entries, ledger, cancellation), posts, cancellation) };
    }

    /// <summary>Puts the entries of one incident together, without posts; null when none of them is an incident line.</summary>
    public static IncidentFile? Of(IReadOnlyList<LedgerEntry> entries)
    {
        var lines = entries.Where(entry => entry.Type == EntryType.Incident).ToList();
        if (lines.Count == 0)
            return null;
        var alerts = entries.Where(entry => entry.Type == EntryType.Alert)
            .Select(entry => JsonSerializer.Deserialize(entry.Body.Span, LedgerJson.Lines.Alert)!)
            .GroupBy(alert => alert.Id)
            .Select(IReadOnlyList<Alert> (versions) => [.. versions.OrderBy(alert => alert.Version)])
            .ToList();
        var line = JsonSerializer.Deserialize(lines[^1].Body.Span, LedgerJson.Lines.IncidentLine)!;
        return new(lines[^1].Area, line, alerts, IncidentLog.Of(entries), IncidentPosts.None);
    }
}
