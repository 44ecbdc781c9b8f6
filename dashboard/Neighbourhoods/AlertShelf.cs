using System.Text.Json;
using CivicSignals.Alerts;
using CivicSignals.Ledger;

namespace CivicSignals.Dashboard.Neighbourhoods;

/// <summary>Public alerts, newest version of each, parted into those in force and those that have ended.</summary>
/// <param name="Current">In force, newest change first.</param>
/// <param name="Past">Ended, newest change first.</param>
public sealed record AlertShelf(IReadOnlyList<Alert> Current, IReadOnlyList<Alert> Past)
{
    private const int CurrentLimit = 1000;
    private const int PastLimit = 50;

    /// <summary>Reads the alerts of one neighbourhood, or of all when <paramref name="neighbourhood"/> is null.</summary>
    public static async Task<AlertShelf> ReadAsync(ILedgerReader ledger, string? neighbourhood, DateTimeOffset now, CancellationToken cancellation)
    {
        var active = Read(await ledger.PublicAlertsAsync(new(neighbourhood, Active: true, Limit: CurrentLimit), cancellation));
        var ended = Read(await ledger.PublicAlertsAsync(new(neighbourhood, Active: false, Limit: PastLimit), cancellation));
        var byForce = active.ToLookup(alert => alert.Standing(now) == Standing.Current);
        return new([.. byForce[true]], [.. byForce[false].Concat(ended).OrderByDescending(alert => alert.At)]);
    }

    /// <summary>The public alerts among some entries, in their order. Whatever is not public is left out.</summary>
    public static IReadOnlyList<Alert> Read(IEnumerable<LedgerEntry> entries) =>
        [.. entries
            .Where(entry => entry is { Type: EntryType.Alert, Alert.Public: true })
            .Select(entry => JsonSerializer.Deserialize(entry.Body.Span, LedgerJson.Lines.Alert)!)
            .Where(alert => alert.Audience == Audience.Public)];
}
