using CivicSignals.Areas;
using CivicSignals.Ingest.Posts;
using CivicSignals.Neighbourhoods;
using CivicSignals.Signals;

namespace CivicSignals.Silo.Demo;

/// <summary>The demo town's names as a gazetteer: the town, its neighbourhoods and its streets.</summary>
internal static class TownPlaces
{
    private const string Town = "Wrexham";
    private static readonly Place Whole = new(53.0466, -2.9925, 4000);

    public static IReadOnlyList<NamedPlace> Of(NeighbourhoodMap neighbourhoods, IReadOnlyList<Street> streets) =>
    [
        new NamedPlace(Town, Whole),
        .. neighbourhoods.All.Select(one => new NamedPlace(Name(one), Around(one.Rings.SelectMany(ring => ring)))),
        .. streets.Select(street => new NamedPlace(street.Name, Around(street.Points))),
    ];

    /// <summary>Every town has a centre.</summary>
    private static string Name(Neighbourhood one) => one.Slug == "town-centre" ? $"{Town} {one.Name}" : one.Name;

    /// <summary>The middle of points, and how far the farthest is from it.</summary>
    private static Place Around(IEnumerable<(double Lat, double Lon)> points)
    {
        var all = points.ToList();
        var (lat, lon) = ((all.Min(point => point.Lat) + all.Max(point => point.Lat)) / 2, (all.Min(point => point.Lon) + all.Max(point => point.Lon)) / 2);
        return new Place(lat, lon, Math.Round(all.Max(point => Geo.DistanceM(lat, lon, point.Lat, point.Lon))));
    }
}
