using System.Xml.Linq;
using CivicSignals.Areas;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Signals;

namespace CivicSignals.Ingest.Feeds.Datex;

/// <summary>
/// Where a record is: a point, or the middle of a stretch of road with half its length as uncertainty. Locations that only name points of a
/// road's register tell nothing here.
/// </summary>
internal static class DatexPlace
{
    /// <summary>A point is on the road that it is about, give or take a junction.</summary>
    private const double PointUncertaintyM = 50;

    /// <summary>A longer stretch is a journey and no place.</summary>
    private const double LongestM = 10_000;

    private const int MostPoints = 10_000;

    private static readonly string[] Names = ["locationReference", "groupOfLocations"];
    private static readonly string[] Display = ["coordinatesForDisplay", "locationForDisplay"];

    /// <summary>Null when it has none; then why.</summary>
    public static Place? Of(XElement record, out string reason)
    {
        reason = Reasons.NoPlace;
        var location = record.Elements().FirstOrDefault(child => child.IsDatex() && Names.Contains(child.Name.LocalName));
        if (location is null)
            return null;
        var points = Points(location, display: false);
        if (points.Count == 0)
            points = Points(location, display: true);
        if (points.Count == 0)
            return null;
        if (points.Count > MostPoints || !points.TrueForAll(point => point.IsValid))
        {
            reason = points.Count > MostPoints ? Reasons.TooMany : Reasons.BadPlace;
            return null;
        }

        return Middle(points);
    }

    private static Place? Middle(List<Place> points)
    {
        var length = 0.0;
        for (var i = 1; i < points.Count; i++)
            length += Geo.DistanceM(points[i - 1], points[i]);
        if (length > LongestM)
            return null;
        var left = length / 2;
        for (var i = 1; i < points.Count; i++)
        {
            var step = Geo.DistanceM(points[i - 1], points[i]);
            if (step >= left && step > 0)
            {
                var (a, b, share) = (points[i - 1], points[i], left / step);
                return new Place(a.Lat + (share * (b.Lat - a.Lat)), a.Lon + (share * (b.Lon - a.Lon)), PointUncertaintyM + (length / 2));
            }

            left -= step;
        }

        return points[0] with { UncertaintyM = PointUncertaintyM };
    }

    private static List<Place> Points(XElement location, bool display)
    {
        var elements = location.DescendantsAndSelf().Where(element => element.IsDatex() && IsDisplay(element, location) == display).ToList();
        var line = elements.Where(element => element.Name.LocalName == "posList").SelectMany(element => Pairs(element.Value)).ToList();
        return line.Count > 0 ? line : // The same stretch may be told once more by its ends.
            [.. elements.Where(element => element.Child("latitude") is not null && element.Child("longitude") is not null)
                .Select(element => new Place(Coordinate(element.Text("latitude")), Coordinate(element.Text("longitude")), 0))];
    }

    private static bool IsDisplay(XElement element, XElement location) =>
        element.AncestorsAndSelf().TakeWhile(ancestor => ancestor != location).Any(ancestor => Display.Contains(ancestor.Name.LocalName));

    private static IEnumerable<Place> Pairs(string list)
    {
        var numbers = list.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i + 1 < numbers.Length; i += 2)
            yield return new Place(Coordinate(numbers[i]), Coordinate(numbers[i + 1]), 0);
    }

    // What is no number is nowhere on the map.
    private static double Coordinate(string? text) => DatexElements.Number(text) ?? double.NaN;
}
