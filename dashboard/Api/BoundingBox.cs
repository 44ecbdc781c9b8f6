using System.Globalization;
using CivicSignals.Areas;

namespace CivicSignals.Dashboard.Api;

/// <summary>A box on the map, RFC 7946 order: west, south, east, north, degrees. West may exceed east: then it spans the antimeridian.</summary>
internal readonly record struct BoundingBox(double West, double South, double East, double North)
{
    public static bool TryParse(string text, out BoundingBox box)
    {
        box = default;
        var parts = text.Split(',');
        var sides = new double[4];
        if (parts.Length != 4)
            return false;
        for (var i = 0; i < 4; i++)
        {
            if (!double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out sides[i]))
                return false;
        }

        box = new BoundingBox(sides[0], sides[1], sides[2], sides[3]);
        return Math.Abs(box.West) <= 180 && Math.Abs(box.East) <= 180 && Math.Abs(box.South) <= 90 && Math.Abs(box.North) <= 90 && box.South <= box.North;
    }

    /// <summary>Whether a circle's own box touches this one.</summary>
    public bool Touches(double lat, double lon, double radiusM)
    {
        var (latPerM, lonPerM) = Geo.DegreesPerMetre(lat);
        var (dLat, dLon) = (radiusM * latPerM, radiusM * lonPerM);
        if (lat + dLat < South || lat - dLat > North)
            return false;
        return West <= East
            ? lon + dLon >= West && lon - dLon <= East
            : lon + dLon >= West || lon - dLon <= East;
    }
}
