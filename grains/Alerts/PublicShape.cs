using CivicSignals.Incidents;
using CivicSignals.Neighbourhoods;
using CivicSignals.Signals;

namespace CivicSignals.Alerts;

/// <summary>
/// Where the public is told that something happens: never a home. What homes or people observed is shown as the neighbourhood, or outside
/// all of them as a square of about a kilometre; what only vehicles observed is shown to ten metres on the road.
/// </summary>
public static class PublicShape
{
    private const double GridDegrees = 0.01;
    private const double GridRadiusM = 1000;
    private const double RoadRadiusM = 100;

    /// <summary>The shape's centre with its radius, and the neighbourhood that the incident is in.</summary>
    public static (Place Shape, Neighbourhood? Neighbourhood) Of(Incident incident, Place centre, NeighbourhoodMap map)
    {
        var neighbourhood = map.At(centre.Lat, centre.Lon);
        if (incident.Evidence.All(e => e.Premises is null && e.Source.StartsWith("vehicles/", StringComparison.Ordinal)))
            return (new Place(Math.Round(centre.Lat, 4), Math.Round(centre.Lon, 4), Math.Max(RoadRadiusM, 10 * Math.Round(centre.UncertaintyM / 10))), neighbourhood);
        if (neighbourhood is null)
            return (new Place(Snap(centre.Lat), Snap(centre.Lon), GridRadiusM), null);
        var (south, west, north, east) = neighbourhood.Bounds;
        var middle = new Place(Math.Round((south + north) / 2, 4), Math.Round((west + east) / 2, 4), 0);
        var radius = Areas.Geo.DistanceM(middle, new Place(north, east, 0));
        return (middle with { UncertaintyM = Math.Round(radius) }, neighbourhood);
    }

    private static double Snap(double degrees) => Math.Round((Math.Floor(degrees / GridDegrees) * GridDegrees) + (GridDegrees / 2), 3);
}
