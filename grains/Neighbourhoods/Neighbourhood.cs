namespace CivicSignals.Neighbourhoods;

/// <summary>A named polygon that residents subscribe to.</summary>
/// <param name="Name">As people say it.</param>
/// <param name="Slug">In addresses: lower-case letters, digits and hyphens.</param>
/// <param name="Rings">Outer rings, each a closed list of (lat, lon) in degrees.</param>
public sealed record Neighbourhood(string Name, string Slug, IReadOnlyList<IReadOnlyList<(double Lat, double Lon)>> Rings)
{
    /// <summary>South, west, north and east bounds, degrees.</summary>
    public (double South, double West, double North, double East) Bounds { get; } = (
        Rings.SelectMany(ring => ring).Min(point => point.Lat),
        Rings.SelectMany(ring => ring).Min(point => point.Lon),
        Rings.SelectMany(ring => ring).Max(point => point.Lat),
        Rings.SelectMany(ring => ring).Max(point => point.Lon));

    /// <summary>Whether a point lies inside (even-odd rule; a point on an edge may fall to either side).</summary>
    public bool Contains(double lat, double lon)
    {
        var (south, west, north, east) = Bounds;
        return lat >= south && lat <= north && lon >= west && lon <= east && Rings.Any(ring => Inside(ring, lat, lon));
    }

    private static bool Inside(IReadOnlyList<(double Lat, double Lon)> ring, double lat, double lon)
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
}
