using CivicSignals.Areas;
using CivicSignals.Incidents;
using CivicSignals.Neighbourhoods;
using CivicSignals.Signals;

namespace CivicSignals.Alerts;

/// <summary>
/// Where the public is told that something happens: never a home. What homes or people observed is shown as the neighbourhood, or outside
/// all of them as a square of about a kilometre; what only vehicles observed is shown to ten metres on the road, also when people answer that they see it.
/// </summary>
public static class PublicShape
{
    private const double GridDegrees = 0.01;
    private const double GridRadiusM = 1000;
    private const double RoadRadiusM = 100;
    private const double AsideM = 300;

    /// <summary>The shape's centre with its radius, and the neighbourhood that the incident is in.</summary>
    public static (Place Shape, Neighbourhood? Neighbourhood) Of(Incident incident, Place centre, NeighbourhoodMap map)
    {
        var neighbourhood = map.At(centre.Lat, centre.Lon);
        if (incident.Evidence.Any(IsOfVehicle) && incident.Evidence.All(e => IsOfVehicle(e) || (e.Premises is null && e.Place.IsVague)))
            return (new Place(Math.Round(centre.Lat, 4), Math.Round(centre.Lon, 4), Math.Max(RoadRadiusM, 10 * Math.Round(centre.UncertaintyM / 10))), neighbourhood);
        if (neighbourhood is null)
            return (Square(centre), null);
        return (Whole(neighbourhood), neighbourhood);
    }

    private static bool IsOfVehicle(Evidence evidence) => evidence.Premises is null && evidence.Source.StartsWith("vehicles/", StringComparison.Ordinal);

    /// <summary>The square of about a kilometre that holds a place.</summary>
    public static Place Square(Place place) => new(Snap(place.Lat), Snap(place.Lon), GridRadiusM);

    /// <summary>
    /// A circle that holds the neighbourhood. Its centre depends on the neighbourhood alone, and lies aside from the middle, so that it
    /// cannot be mistaken for a home that happens to be there.
    /// </summary>
    private static Place Whole(Neighbourhood neighbourhood)
    {
        var (south, west, north, east) = neighbourhood.Bounds;
        var middle = new Place((south + north) / 2, (west + east) / 2, 0);
        var half = Geo.DistanceM(middle, new Place(north, east, 0));
        var angle = neighbourhood.Slug.Sum(c => c) % 8 * Math.PI / 4;
        var (perLat, perLon) = Geo.DegreesPerMetre(middle.Lat);
        var aside = Math.Min(AsideM, half / 2);
        var centre = new Place(Math.Round(middle.Lat + (aside * Math.Sin(angle) * perLat), 4), Math.Round(middle.Lon + (aside * Math.Cos(angle) * perLon), 4), 0);
        return centre with { UncertaintyM = Math.Round(half + aside) };
    }

    private static double Snap(double degrees) => Math.Round((Math.Floor(degrees / GridDegrees) * GridDegrees) + (GridDegrees / 2), 3);
}
