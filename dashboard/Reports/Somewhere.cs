using CivicSignals.Areas;
using CivicSignals.Neighbourhoods;
using CivicSignals.Signals;

namespace CivicSignals.Dashboard.Reports;

/// <summary>Where people are who say no more than their neighbourhood.</summary>
internal static class Somewhere
{
    /// <summary>The middle of a neighbourhood, as wide as it is.</summary>
    public static Place In(Neighbourhood neighbourhood)
    {
        var (south, west, north, east) = neighbourhood.Bounds;
        var middle = new Place((south + north) / 2, (west + east) / 2, 0);
        return middle with { UncertaintyM = Math.Max(Place.VagueM, Math.Round(Geo.DistanceM(middle, new Place(north, east, 0)))) };
    }
}
