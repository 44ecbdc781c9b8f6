using CivicSignals.Areas;
using CivicSignals.Incidents;
using CivicSignals.Ledger;
using CivicSignals.Signals;

namespace CivicSignals.Silo.Replay;

/// <summary>The open incidents as the ledger last told them: for people's actions, which name a place.</summary>
internal sealed class OpenIncidents
{
    private readonly Dictionary<string, OpenIncident> _open = [];

    /// <summary>Takes an incident entry in.</summary>
    public void Take(LedgerEntry entry, IncidentLine line)
    {
        if (entry.Open)
            _open[entry.Incident] = new OpenIncident(entry.Incident, entry.Area, line.Hazard, line.Lat, line.Lon);
        else
            _open.Remove(entry.Incident);
    }

    /// <summary>The nearest one of a hazard within a distance in metres, or null; one may be left out.</summary>
    public OpenIncident? Nearest(Hazard hazard, double lat, double lon, double withinM, string? but = null) => _open.Values
        .Where(incident => incident.Hazard == hazard && incident.Id != but)
        .Select(incident => (Incident: incident, Metres: Geo.DistanceM(lat, lon, incident.Lat, incident.Lon)))
        .Where(found => found.Metres <= withinM)
        .OrderBy(found => found.Metres)
        .ThenBy(found => found.Incident.Id, StringComparer.Ordinal)
        .Select(found => found.Incident)
        .FirstOrDefault();
}

/// <summary>Where an open incident is, and whose it is.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Area">Quadkey of its owner.</param>
/// <param name="Hazard">What may be happening.</param>
/// <param name="Lat">Degrees.</param>
/// <param name="Lon">Degrees.</param>
internal sealed record OpenIncident(string Id, string Area, Hazard Hazard, double Lat, double Lon);
