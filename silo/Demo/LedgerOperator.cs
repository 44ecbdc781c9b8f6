using System.Text.Json;
using CivicSignals.Areas;
using CivicSignals.Incidents;
using CivicSignals.Ledger;
using CivicSignals.Signals;

namespace CivicSignals.Silo.Demo;

/// <summary>Finds the incident in the ledger, as the control room does, and tells the area that owns it.</summary>
public sealed class LedgerOperator(ILedgerReader ledger, IGrainFactory grains) : ITownOperator
{
    private const string User = "demo operator";
    private const double ReachM = 300;

    public async Task<bool> ActAsync(Hazard hazard, double lat, double lon, ActionVerb verb, string note, CancellationToken cancellation)
    {
        var entries = await ledger.IncidentsAsync(new IncidentQuery(Open: true, Limit: 1000), cancellation);
        var nearest = entries
            .Select(entry => (entry.Area, Line: JsonSerializer.Deserialize(entry.Body.Span, LedgerJson.Lines.IncidentLine)!))
            .Where(found => found.Line.Hazard == hazard)
            .Select(found => (found.Area, found.Line, Distance: Geo.DistanceM(lat, lon, found.Line.Lat, found.Line.Lon)))
            .Where(found => found.Distance <= ReachM)
            .OrderBy(found => found.Distance)
            .FirstOrDefault();
        if (nearest.Line is null)
            return false;
        var result = await grains.GetGrain<IAreaGrain>(nearest.Area).ActAsync(new OperatorAction(nearest.Line.Id, verb, User, note), cancellation);
        return result is ActionResult.Done or ActionResult.Unchanged;
    }
}
