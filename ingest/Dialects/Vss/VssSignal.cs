using System.Buffers.Text;
using System.Collections.Frozen;

namespace CivicSignals.Ingest.Dialects.Vss;

/// <summary>A signal of COVESA's vehicle signal specification (6.0, and the Safety branch of 6.1) that means something here.</summary>
internal sealed record VssSignal
{
    /// <summary>A road is slippery from here down: packed snow and ice. Percent.</summary>
    private const double SlipperyPercent = 30;

    private static readonly VssSignal Airbag = new() { Kind = "crash.airbag", Test = VssTest.IsTrue, Ends = false };

    private static readonly FrozenDictionary<string, VssSignal>.AlternateLookup<ReadOnlySpan<char>> ByPath = new Dictionary<string, VssSignal>
    {
        ["CurrentLocation.Latitude"] = new() { Location = VssLocation.Latitude },
        ["CurrentLocation.Longitude"] = new() { Location = VssLocation.Longitude },
        ["CurrentLocation.HorizontalAccuracy"] = new() { Location = VssLocation.Accuracy },
        ["Chassis.Brake.IsDriverEmergencyBrakingDetected"] = Braking(),
        ["ADAS.EBA.IsEngaged"] = Braking(),
        ["ADAS.ABS.IsEngaged"] = Braking(),
        ["ADAS.ESC.IsEngaged"] = Braking(),
        ["ADAS.ESC.RoadFriction.MostProbable"] = new() { Kind = "road.surface", Test = VssTest.IsSlippery },
        ["Safety.IsFire"] = new() { Kind = "fire.vehicle", Test = VssTest.IsTrue },
        ["Safety.IsSubmersed"] = new() { Kind = "flood.surface", Test = VssTest.IsTrue },
        ["Safety.Rollover"] = new() { Kind = "crash.rollover", Test = VssTest.IsDetected, Ends = false },
        ["Safety.RolloverDetected"] = new() { Kind = "crash.rollover", Test = VssTest.IsDetected, Ends = false }, // Its name before the release.
        ["Safety.RoadIcingState"] = new() { Kind = "road.surface", Test = VssTest.IsDetected },
        ["Safety.VisibilityImpairment"] = new() { Kind = "road.visibility", Test = VssTest.IsDetected },
    }.ToFrozenDictionary().GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>What it is evidence of; empty: it is part of the vehicle's position.</summary>
    public string Kind { get; private init; } = "";

    public VssLocation Location { get; private init; }

    /// <summary>Whether its end is the end of what it says. A crash does not end with its sensor's state, and braking is over at once.</summary>
    public bool Ends { get; private init; } = true;

    private VssTest Test { get; init; }

    /// <summary>The signal at a path below <c>Vehicle</c>, its parts joined by dots; null: one of no interest.</summary>
    public static VssSignal? Find(ReadOnlySpan<char> path)
    {
        if (ByPath.TryGetValue(path, out var signal))
            return signal;
        return path.StartsWith("Cabin.Seat.") && path.EndsWith(".Airbag.IsDeployed") ? Airbag : null;
    }

    /// <summary>Whether a value says that it is so; null: it says nothing.</summary>
    /// <param name="value">As text: VISS sends all values so.</param>
    public bool? Says(ReadOnlySpan<byte> value) => Test switch
    {
        VssTest.IsTrue => value.SequenceEqual("true"u8) ? true : value.SequenceEqual("false"u8) ? false : null,
        VssTest.IsDetected => value.SequenceEqual("DETECTED"u8) ? true : value.SequenceEqual("NONE"u8) ? false : null,
        _ => Number(value) is >= 0 and <= 100 and var percent ? percent <= SlipperyPercent : null,
    };

    public static double? Number(ReadOnlySpan<byte> value) =>
        Utf8Parser.TryParse(value, out double number, out var used) && used == value.Length && double.IsFinite(number) ? number : null;

    private static VssSignal Braking() => new() { Kind = "road.hard-braking", Test = VssTest.IsTrue, Ends = false };
}

/// <summary>Which part of a position a signal is.</summary>
internal enum VssLocation
{
    None,

    /// <summary>Degrees.</summary>
    Latitude,

    /// <summary>Degrees.</summary>
    Longitude,

    /// <summary>Metres.</summary>
    Accuracy,
}

/// <summary>When a value says that it is so.</summary>
internal enum VssTest
{
    IsTrue,
    IsDetected,
    IsSlippery,
}
