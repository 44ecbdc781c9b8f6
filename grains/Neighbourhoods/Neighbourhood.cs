namespace CivicSignals.Neighbourhoods;

/// <summary>A named polygon that residents subscribe to.</summary>
/// <param name="Name">As people say it.</param>
/// <param name="Slug">In addresses: lower-case letters, digits and hyphens.</param>
/// <param name="Rings">Outer rings, each a closed list of (lat, lon) in degrees.</param>
public sealed record Neighbourhood(string Name, string Slug, IReadOnlyList<IReadOnlyList<(double Lat, double Lon)>> Rings)
{
    /// <summary>South, west, north and east bounds, degrees.</summary>
    public (double South, double West, double North, double East) Bounds { get; } = Ring.Bounds(Rings);

    /// <summary>Whether a point lies inside (even-odd rule; a point on an edge may fall to either side).</summary>
    public bool Contains(double lat, double lon)
    {
        var (south, west, north, east) = Bounds;
        return lat >= south && lat <= north && lon >= west && lon <= east && Rings.Any(ring => Ring.Contains(ring, lat, lon));
    }

    /// <summary>Whether it shares any ground with a shape of closed rings.</summary>
    public bool Touches(IReadOnlyList<IReadOnlyList<(double Lat, double Lon)>> shape) => shape.Any(other => Rings.Any(ring => Ring.Touch(ring, other)));
}
