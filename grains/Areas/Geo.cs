using CivicSignals.Signals;

namespace CivicSignals.Areas;

/// <summary>Distances on the globe.</summary>
public static class Geo
{
    /// <summary>Mean Earth radius, metres (IUGG).</summary>
    public const double EarthRadiusM = 6_371_008.8;

    private const double Radians = Math.PI / 180;

    /// <summary>A degree of a great circle, metres.</summary>
    public const double DegreeM = EarthRadiusM * Radians;

    /// <summary>Great-circle distance in metres (haversine).</summary>
    public static double DistanceM(double lat1, double lon1, double lat2, double lon2)
    {
        var sinLat = Math.Sin((lat2 - lat1) * Radians / 2);
        var sinLon = Math.Sin((lon2 - lon1) * Radians / 2);
        var h = (sinLat * sinLat) + (Math.Cos(lat1 * Radians) * Math.Cos(lat2 * Radians) * sinLon * sinLon);
        return 2 * EarthRadiusM * Math.Asin(Math.Min(1, Math.Sqrt(h)));
    }

    /// <inheritdoc cref="DistanceM(double,double,double,double)"/>
    public static double DistanceM(Place a, Place b) => DistanceM(a.Lat, a.Lon, b.Lat, b.Lon);

    /// <summary>How many degrees of latitude and longitude make one metre at a latitude.</summary>
    public static (double Lat, double Lon) DegreesPerMetre(double lat)
    {
        var perMetre = 1 / (EarthRadiusM * Radians);
        return (perMetre, perMetre / Math.Max(0.01, Math.Cos(lat * Radians)));
    }
}
