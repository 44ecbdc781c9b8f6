using CivicSignals.Alerts;
using CivicSignals.Areas;
using CivicSignals.Neighbourhoods;

namespace CivicSignals.Dashboard.Cap;

/// <summary>The polygons that public alerts are told in: closed, and of at most 100 points, as receivers ask.</summary>
public sealed class PublicShapes(NeighbourhoodMap map)
{
    /// <summary>Most points of a ring, the closing one included.</summary>
    public const int MostPoints = 100;

    private readonly Lazy<Dictionary<string, IReadOnlyList<IReadOnlyList<(double Lat, double Lon)>>>> _rings = new(() =>
        map.All.ToDictionary(n => n.Slug, n => (IReadOnlyList<IReadOnlyList<(double, double)>>)[.. n.Rings.Select(Simplify)]));

    /// <summary>
    /// The rings of the alert's neighbourhood; empty where there is none, or the alert's own circle says more exactly where it is: less
    /// than half as wide, such as a crash on a stretch of road.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<(double Lat, double Lon)>> Of(Alert alert) =>
        alert.NeighbourhoodSlug is { } slug && map.BySlug(slug) is { } neighbourhood && alert.RadiusM >= RadiusM(neighbourhood) / 2 ? _rings.Value[slug] : [];

    private static double RadiusM(Neighbourhood neighbourhood)
    {
        var (south, west, north, east) = neighbourhood.Bounds;
        return Geo.DistanceM(south, west, north, east) / 2;
    }

    /// <summary>Drops the points that matter least to the shape (Visvalingam and Whyatt: those that span the smallest triangle with their neighbours).</summary>
    private static List<(double Lat, double Lon)> Simplify(IReadOnlyList<(double Lat, double Lon)> ring)
    {
        var points = ring.ToList();
        if (points[0] == points[^1])
            points.RemoveAt(points.Count - 1);
        while (points.Count >= MostPoints)
        {
            var (least, at) = (double.MaxValue, 0);
            for (var i = 0; i < points.Count; i++)
            {
                var (a, b, c) = (points[(i + points.Count - 1) % points.Count], points[i], points[(i + 1) % points.Count]);
                var area = Math.Abs(((b.Lon - a.Lon) * (c.Lat - a.Lat)) - ((c.Lon - a.Lon) * (b.Lat - a.Lat)));
                if (area < least)
                    (least, at) = (area, i);
            }

            points.RemoveAt(at);
        }

        points.Add(points[0]);
        return points;
    }
}
