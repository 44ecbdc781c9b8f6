namespace CivicSignals.Evaluation.Town;

/// <summary>A place on the map, degrees. Distances are metres on a sphere, good for a town.</summary>
internal readonly record struct Point(double Lat, double Lon)
{
    private const double MetresPerDegree = 6_371_008.8 * Math.PI / 180;

    public double MetresTo(Point other)
    {
        var y = (other.Lat - Lat) * MetresPerDegree;
        var x = (other.Lon - Lon) * MetresPerDegree * Math.Cos((Lat + other.Lat) / 2 * Math.PI / 180);
        return Math.Sqrt((x * x) + (y * y));
    }

    /// <summary>The place so many metres to the east and north.</summary>
    public Point Moved(double eastM, double northM) =>
        new(Lat + (northM / MetresPerDegree), Lon + (eastM / MetresPerDegree / Math.Cos(Lat * Math.PI / 180)));

    /// <summary>A place about so far away, in any direction: two-dimensional normal, <paramref name="metres"/> its standard deviation per axis.</summary>
    public Point Jittered(Dice dice, double metres) => Moved(metres * dice.Normal(), metres * dice.Normal());
}
