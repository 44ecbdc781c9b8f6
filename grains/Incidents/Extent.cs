using System.Collections.Immutable;
using CivicSignals.Areas;
using CivicSignals.Signals;

namespace CivicSignals.Incidents;

/// <summary>Where and when an incident's evidence lies, worked out once for each set of evidence.</summary>
public sealed class Extent
{
    /// <summary>Evidence this many times as uncertain as the most certain says where to look, not how far it reaches. Below 50 m all are alike.</summary>
    private const double Vague = 10;

    private readonly ImmutableArray<Evidence> _evidence;
    private readonly bool _anywhere;
    private readonly double _vagueM;
    private readonly double _cosLat;
    private object? _centre;

    public Extent(ImmutableArray<Evidence> evidence)
    {
        _evidence = evidence;
        var (placed, all) = (default(Sum), default(Sum));
        var (least, most) = (double.MaxValue, 10.0);
        foreach (var piece in evidence)
        {
            all.Add(piece.Place);
            if (piece.IsPlaced)
                placed.Add(piece.Place);
            Newest = piece.At > Newest ? piece.At : Newest;
            (least, most) = (Math.Min(least, piece.Place.UncertaintyM), Math.Max(most, piece.Place.UncertaintyM));
        }

        _anywhere = placed.Weight == 0;
        Middle = (_anywhere ? all : placed).Middle;
        _cosLat = Math.Cos(Middle.Lat * Math.PI / 180);
        _vagueM = Vague * Math.Max(50, least);
        MostRadiusM = all.AcrossM + most;
    }

    /// <summary>When the newest of it was observed.</summary>
    public DateTimeOffset Newest { get; } = DateTimeOffset.MinValue;

    /// <summary>The centre without its radius, which costs more to work out.</summary>
    public Place Middle { get; }

    /// <summary>The radius is at most this, metres.</summary>
    public double MostRadiusM { get; }

    /// <summary>
    /// The evidence's places weighted by their certainty, with the uncertainty as the radius that holds them all but the vague ones. What names no
    /// spot counts only where nothing else does.
    /// </summary>
    public Place Centre => (Place)(_centre ??= Middle with { UncertaintyM = Radius() });

    /// <summary>
    /// Whether a place is certainly further than so many metres from the centre. Far cheaper than the distance, and never wrong when it says so: no way
    /// is shorter than its part to the north, nor than its part to the east where the parallels are the shorter of the two.
    /// </summary>
    public bool IsBeyond(double lat, double lon, double metres)
    {
        var (north, east) = (Math.Abs(lat - Middle.Lat), Math.Abs(lon - Middle.Lon));
        var least = _cosLat - (north * Math.PI / 180); // No cosine in between is smaller.
        return north * Geo.DegreeM > metres + 0.001 || (east < 1 && east * least * Geo.DegreeM * 0.999 > metres + 0.001);
    }

    /// <summary>As <see cref="IsBeyond(double,double,double)"/>, of another incident's centre.</summary>
    public bool IsBeyond(Extent other, double metres) => IsBeyond(other.Middle.Lat, other.Middle.Lon, metres);

    private double Radius()
    {
        var radius = 10.0;
        foreach (var piece in _evidence)
        {
            if ((piece.IsPlaced || _anywhere) && piece.Place.UncertaintyM <= _vagueM)
                radius = Math.Max(radius, Geo.DistanceM(Middle, piece.Place) + piece.Place.UncertaintyM);
        }

        return radius;
    }

    /// <summary>Places weighted by their certainty, and the box that holds them.</summary>
    private struct Sum
    {
        private double _lat, _lon, _south, _north, _west, _east;

        public double Weight { get; private set; }

        public readonly Place Middle => new(_lat / Weight, _lon / Weight, 0);

        /// <summary>No two of the places are further apart, metres.</summary>
        public readonly double AcrossM => (_north - _south + _east - _west) * Geo.DegreeM;

        public void Add(Place place)
        {
            if (Weight == 0)
                (_south, _north, _west, _east) = (place.Lat, place.Lat, place.Lon, place.Lon);
            var weight = 1 / (100 + (place.UncertaintyM * place.UncertaintyM));
            _lat += weight * place.Lat;
            _lon += weight * place.Lon;
            Weight += weight;
            (_south, _north) = (Math.Min(_south, place.Lat), Math.Max(_north, place.Lat));
            (_west, _east) = (Math.Min(_west, place.Lon), Math.Max(_east, place.Lon));
        }
    }
}
