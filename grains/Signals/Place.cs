using System.Text.Json.Serialization;

namespace CivicSignals.Signals;

/// <summary>A point with its uncertainty.</summary>
/// <param name="Lat">WGS84 latitude, degrees, -85..85 (beyond it tiles are undefined).</param>
/// <param name="Lon">WGS84 longitude, degrees, -180..180.</param>
/// <param name="UncertaintyM">Radius, in metres, that holds the true place two times out of three; 0 or more.</param>
[GenerateSerializer, Immutable, Alias("place")]
public readonly record struct Place(
    [property: Id(0)] double Lat,
    [property: Id(1)] double Lon,
    [property: Id(2)] double UncertaintyM)
{
    /// <summary>From this uncertainty on, metres, it names a part of the town and no spot: no hazard reaches so far.</summary>
    public const double VagueM = 1000;

    /// <summary>Whether it says too little to move what others place better.</summary>
    [JsonIgnore]
    public bool IsVague => UncertaintyM >= VagueM;

    /// <summary>Whether this is a place on the map, with finite numbers.</summary>
    [JsonIgnore]
    public bool IsValid =>
        Math.Abs(Lat) <= 85 && Math.Abs(Lon) <= 180 && UncertaintyM is >= 0 and < 1_000_000;
}
