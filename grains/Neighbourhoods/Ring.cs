namespace CivicSignals.Neighbourhoods;

/// <summary>Closed rings of (lat, lon) in degrees, as flat shapes: right for anything the size of a county.</summary>
public static class Ring
{
    /// <summary>South, west, north and east bounds of some rings, degrees.</summary>
    public static (double South, double West, double North, double East) Bounds(IReadOnlyList<IReadOnlyList<(double Lat, double Lon)>> rings) => (
        rings.SelectMany(ring => ring).Min(point => point.Lat),
        rings.SelectMany(ring => ring).Min(point => point.Lon),
        rings.SelectMany(ring => ring).Max(point => point.Lat),
        rings.SelectMany(ring => ring).Max(point => point.Lon));

    /// <summary>Whether a point lies inside (even-odd rule; a point on an edge may fall to either side).</summary>
    public static bool Contains(IReadOnlyList<(double Lat, double Lon)> ring, double lat, double lon)
    {
        var inside = false;
        for (int i = 0, j = ring.Count - 1; i < ring.Count; j = i++)
        {
            var (a, b) = (ring[i], ring[j]);
            if (a.Lat > lat != b.Lat > lat && lon < ((b.Lon - a.Lon) * (lat - a.Lat) / (b.Lat - a.Lat)) + a.Lon)
                inside = !inside;
        }

        return inside;
    }

    /// <summary>Whether two rings share any ground: edges cross, or one lies within the other.</summary>
    public static bool Touch(IReadOnlyList<(double Lat, double Lon)> one, IReadOnlyList<(double Lat, double Lon)> other)
    {
        if (Contains(other, one[0].Lat, one[0].Lon) || Contains(one, other[0].Lat, other[0].Lon))
            return true;
        for (var i = 1; i < one.Count; i++)
        {
            for (var j = 1; j < other.Count; j++)
            {
                if (Cross(one[i - 1], one[i], other[j - 1], other[j]))
                    return true;
            }
        }

        return false;
    }

    private static bool Cross((double Lat, double Lon) a, (double Lat, double Lon) b, (double Lat, double Lon) c, (double Lat, double Lon) d) =>
        Turn(a, b, c) * Turn(a, b, d) <= 0 && Turn(c, d, a) * Turn(c, d, b) <= 0
        && Math.Min(a.Lat, b.Lat) <= Math.Max(c.Lat, d.Lat) && Math.Min(c.Lat, d.Lat) <= Math.Max(a.Lat, b.Lat)
        && Math.Min(a.Lon, b.Lon) <= Math.Max(c.Lon, d.Lon) && Math.Min(c.Lon, d.Lon) <= Math.Max(a.Lon, b.Lon);

    private static int Turn((double Lat, double Lon) a, (double Lat, double Lon) b, (double Lat, double Lon) c) =>
        Math.Sign(((b.Lon - a.Lon) * (c.Lat - a.Lat)) - ((b.Lat - a.Lat) * (c.Lon - a.Lon)));
}
