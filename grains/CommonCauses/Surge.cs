using CivicSignals.Areas;
using CivicSignals.Incidents;

namespace CivicSignals.CommonCauses;

/// <summary>A common cause at work in a region: alarms of a sort that come many times as often as in ordinary times.</summary>
/// <param name="Cause">The rule's name.</param>
/// <param name="Make">The make of the devices, or null: of any.</param>
/// <param name="From">It explains what was observed from here on.</param>
/// <param name="Until">To here; later when more alarms come.</param>
/// <param name="LnTimes">How many times as often, as ln.</param>
/// <param name="Kind">What it sets off.</param>
[GenerateSerializer, Immutable, Alias("surge")]
public sealed record Surge(
    [property: Id(0)] string Cause,
    [property: Id(1)] string? Make,
    [property: Id(2)] DateTimeOffset From,
    [property: Id(3)] DateTimeOffset Until,
    [property: Id(4)] double LnTimes,
    [property: Id(5)] string Kind)
{
    /// <summary>Whether it explains a piece of evidence.</summary>
    /// <param name="evidence">Of a home.</param>
    public bool Explains(Evidence evidence) =>
        evidence.Premises is not null
        && (Make is null || Make == evidence.Make)
        && evidence.At >= From && evidence.At <= Until
        && Kind == evidence.Kind;
}

/// <summary>An alarm of a home, as its region counts it: no home can be told from it.</summary>
/// <param name="Kind">What it said.</param>
/// <param name="Make">The device's make, or null.</param>
/// <param name="Block">Quadkey of the block, about 100 m.</param>
/// <param name="At">When it was observed.</param>
[GenerateSerializer, Immutable, Alias("home-alarm")]
public readonly record struct HomeAlarm([property: Id(0)] string Kind, [property: Id(1)] string? Make, [property: Id(2)] string Block, [property: Id(3)] DateTimeOffset At)
{
    /// <summary>About 90 m in the UK.</summary>
    private const int BlockZoom = 18;

    /// <summary>The alarm that a home's evidence is.</summary>
    public static HomeAlarm Of(Evidence evidence) =>
        new(evidence.Kind, evidence.Make, Quadkey.At(evidence.Place.Lat, evidence.Place.Lon, BlockZoom), evidence.At);
}
