using System.Globalization;
using System.Text.Json;
using CivicSignals.Areas;
using CivicSignals.Dashboard.Layout;
using CivicSignals.Incidents;
using CivicSignals.Ledger;

namespace CivicSignals.Dashboard.ControlRoom;

/// <summary>An open incident that another may be merged into.</summary>
/// <param name="Line">Which.</param>
/// <param name="Metres">How far away its centre is.</param>
public sealed record MergeChoice(IncidentLine Line, double Metres)
{
    private const int Most = 1000;
    private const int Shown = 20;

    /// <summary>What it is called in a list.</summary>
    public string Words => string.Create(
        CultureInfo.InvariantCulture,
        $"{Line.Hazard.Word()}, {Line.Neighbourhood ?? "outside all neighbourhoods"}, {Math.Round(Metres):0} m away, open since {UkTime.Clock(Line.OpenedAt)}, real in {BeliefWords.Say(Line.Belief)} ({Line.Id})");

    /// <summary>Those near an open incident: its own hazard first, then the nearest. None when it is closed.</summary>
    public static async Task<IReadOnlyList<MergeChoice>> NearAsync(IncidentLine line, ILedgerReader ledger, CancellationToken cancellation)
    {
        if (line.Stage == Stage.Closed)
            return [];
        var open = await ledger.IncidentsAsync(new(Open: true, Limit: Most), cancellation);
        return [.. open
            .Where(entry => entry.Incident != line.Id)
            .Select(entry => JsonSerializer.Deserialize(entry.Body.Span, LedgerJson.Lines.IncidentLine)!)
            .Select(other => new MergeChoice(other, Geo.DistanceM(line.Lat, line.Lon, other.Lat, other.Lon)))
            .Where(choice => choice.Metres <= Merger.WithinM)
            .OrderBy(choice => choice.Line.Hazard != line.Hazard)
            .ThenBy(choice => choice.Metres)
            .Take(Shown)];
    }
}
