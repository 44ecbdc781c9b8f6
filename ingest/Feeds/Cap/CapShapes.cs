using System.Globalization;
using System.Xml.Linq;
using CivicSignals.Areas;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Notices;
using CivicSignals.Signals;

namespace CivicSignals.Ingest.Feeds.Cap;

/// <summary>Polygons and circles of CAP and GeoRSS as closed rings of bounded size.</summary>
internal static class CapShapes
{
    private const int MostShapes = 1000;
    private const int MostNumbers = 100_000;
    private const int CirclePoints = 32;
    private const double LargestCircleM = 500_000;

    /// <summary>A GeoRSS point says no more than whereabouts.</summary>
    private const double PointRadiusM = 1000;

    private const string GeoRss = "http://www.georss.org/georss";

    /// <summary>All shapes of a message's areas; null when one is none, or there are too many: then why. Codes of areas are no shapes.</summary>
    public static IReadOnlyList<IReadOnlyList<(double Lat, double Lon)>>? Read(IEnumerable<XElement> areas, out string reason)
    {
        var shapes = areas.SelectMany(area => area.Elements().Where(child => child.Name.Namespace == area.Name.Namespace && child.Name.LocalName is "polygon" or "circle"))
            .Where(shape => shape.Value.AsSpan().Trim().Length > 0).Take(MostShapes + 1).ToList();
        return All(shapes, shape => shape.Name.LocalName == "polygon" ? Polygon(Numbers(shape.Value)) : Circle(Numbers(shape.Value), 1000), out reason);
    }

    /// <summary>The shapes that a feed's entry is tagged with; empty when it has none, or one that is none.</summary>
    public static IReadOnlyList<IReadOnlyList<(double Lat, double Lon)>> OfEntry(XElement entry)
    {
        var shapes = entry.Descendants().Where(child => child.Name.NamespaceName == GeoRss && child.Name.LocalName is "polygon" or "circle" or "point").Take(MostShapes + 1).ToList();
        return All(
            shapes,
            shape => shape.Name.LocalName switch
            {
                "polygon" => Polygon(Numbers(shape.Value)),
                "circle" => Circle(Numbers(shape.Value), 1),
                _ => Circle([.. Numbers(shape.Value) ?? [], PointRadiusM], 1),
            },
            out _) ?? [];
    }

    /// <summary>The middle of some rings, with the radius that holds them all.</summary>
    public static Place Middle(IReadOnlyList<IReadOnlyList<(double Lat, double Lon)>> rings)
    {
        double lat = 0, lon = 0, weight = 0;
        foreach (var ring in rings)
        {
            // The centre of gravity of the ground (shoelace formula), measured from its first point.
            for (var i = 1; i < ring.Count; i++)
            {
                var (a, b) = ((Lat: ring[i - 1].Lat - ring[0].Lat, Lon: ring[i - 1].Lon - ring[0].Lon), (Lat: ring[i].Lat - ring[0].Lat, Lon: ring[i].Lon - ring[0].Lon));
                var twice = Math.Abs((a.Lon * b.Lat) - (b.Lon * a.Lat));
                weight += twice;
                lat += twice * (ring[0].Lat + ((a.Lat + b.Lat) / 3));
                lon += twice * (ring[0].Lon + ((a.Lon + b.Lon) / 3));
            }
        }

        var points = rings.SelectMany(ring => ring).ToList();
        var middle = weight > 0 ? new Place(lat / weight, lon / weight, 0) : new Place(points.Average(point => point.Lat), points.Average(point => point.Lon), 0);
        return middle with { UncertaintyM = points.Max(point => Geo.DistanceM(middle.Lat, middle.Lon, point.Lat, point.Lon)) };
    }

    private static List<IReadOnlyList<(double Lat, double Lon)>>? All(
        List<XElement> shapes, Func<XElement, IReadOnlyList<(double Lat, double Lon)>?> read, out string reason)
    {
        reason = Reasons.TooMany;
        if (shapes.Count > MostShapes || shapes.Sum(shape => (long)shape.Value.Length) > FeedClient.MaxBytes / 4)
            return null;
        var rings = new List<IReadOnlyList<(double Lat, double Lon)>>(Math.Min(shapes.Count, Notice.MostAreas));
        foreach (var shape in shapes)
        {
            reason = Reasons.BadPlace;
            if (read(shape) is not { } ring)
                return null;
            rings.Add(ring);
        }

        // Of very many, the most detailed ones are the ground that matters.
        return [.. rings.OrderByDescending(ring => ring.Count).Take(Notice.MostAreas)];
    }

    /// <summary>Null unless all are finite numbers. Commas, blanks and line breaks part them alike, as senders write them.</summary>
    private static double[]? Numbers(string text)
    {
        var parts = text.Split([' ', ',', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length > MostNumbers)
            return null;
        var numbers = new double[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || !double.IsFinite(numbers[i]))
                return null;
        }

        return numbers;
    }

    /// <summary>Closed where it was not, and of no more points than are kept: every n-th.</summary>
    private static List<(double Lat, double Lon)>? Polygon(double[]? numbers)
    {
        if (numbers is not { Length: >= 6 } || numbers.Length % 2 != 0)
            return null;
        var points = new List<(double Lat, double Lon)>();
        var step = (numbers.Length / 2 / (Notice.MostPoints - 1)) + 1;
        for (var i = 0; i < numbers.Length; i += 2 * step)
        {
            if (!new Place(numbers[i], numbers[i + 1], 0).IsValid)
                return null;
            points.Add((numbers[i], numbers[i + 1]));
        }

        if (points[0] != points[^1])
            points.Add(points[0]);
        return points.Count >= 4 ? points : null;
    }

    /// <summary>As a ring, with at least a metre's radius: senders write 0.</summary>
    private static List<(double Lat, double Lon)>? Circle(double[]? numbers, double metresPerUnit)
    {
        if (numbers is not [var lat, var lon, var radius] || !new Place(lat, lon, 0).IsValid || radius < 0 || radius * metresPerUnit > LargestCircleM)
            return null;
        var metres = Math.Max(1, radius * metresPerUnit);
        var (perLat, perLon) = Geo.DegreesPerMetre(lat);
        var points = new List<(double Lat, double Lon)>(CirclePoints + 1);
        for (var i = 0; i < CirclePoints; i++)
        {
            var angle = 2 * Math.PI * i / CirclePoints;
            points.Add((lat + (metres * Math.Sin(angle) * perLat), lon + (metres * Math.Cos(angle) * perLon)));
        }

        points.Add(points[0]);
        return points;
    }
}
