using System.Text.Json.Serialization;

namespace CivicSignals.Homes;

/// <summary>Something about a home's devices or gateway that is no hazard but that someone should know: since when, and until when.</summary>
/// <param name="Gateway">The home.</param>
/// <param name="Device">The device, as in the source <c>homes/{gateway}/{device}</c>; empty: the gateway itself.</param>
/// <param name="What">What is so.</param>
/// <param name="Since">When the platform learnt of it, or the last that was heard before a silence, UTC.</param>
/// <param name="Until">When it ended, UTC; null: it still is so.</param>
public sealed record HomeFact(string Gateway, string Device, HomeFactKind What, DateTimeOffset Since, DateTimeOffset? Until = null)
{
    /// <summary>More facts of one home are not kept: the longest ended go first.</summary>
    public const int MostPerHome = 500;

    /// <summary>What the home calls the device, where it was described; else null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    /// <summary>It as a sentence in plain English.</summary>
    public string Says => What.Say(Name ?? (Device.Length > 0 ? Device : null));
}

/// <summary>What a <see cref="HomeFact"/> may be: a fixed set.</summary>
public enum HomeFactKind : byte
{
    /// <summary>The battery is low, or has been taken out.</summary>
    Battery = 1,

    /// <summary>The device reports a fault.</summary>
    Fault = 2,

    /// <summary>The device was opened or taken down.</summary>
    Tamper = 3,

    /// <summary>An alarm was silenced by hand.</summary>
    Mute = 4,

    /// <summary>The sensor has reached the end of its life.</summary>
    EndOfLife = 5,

    /// <summary>Mains power is missing.</summary>
    Mains = 6,

    /// <summary>Its gateway, its last will or its broken connection says that it is not there.</summary>
    Offline = 7,

    /// <summary>Nothing was heard for longer than its kind stays quiet.</summary>
    Silent = 8,

    /// <summary>An alarm sounded shortly, and nothing confirmed it: over at once, kept to be counted.</summary>
    FalseAlarm = 9,

    /// <summary>An alarm sounds again and again without cause.</summary>
    Nuisance = 10,

    /// <summary>There is more carbon monoxide than there should be, below what makes an alarm sound.</summary>
    CarbonMonoxide = 11,

    /// <summary>A kitchen gets warm fast, below what makes an alarm sound.</summary>
    Warming = 12,
}

/// <summary>The sentences of facts.</summary>
public static class HomeFactWords
{
    /// <summary>What is so, about a device by its name; null: the gateway.</summary>
    public static string Say(this HomeFactKind what, string? device)
    {
        var it = device is null ? "The gateway" : $"“{device}”";
        return what switch
        {
            HomeFactKind.Battery => $"{it} has a low battery, or none.",
            HomeFactKind.Fault => $"{it} reports a fault.",
            HomeFactKind.Tamper => $"{it} was opened or taken down.",
            HomeFactKind.Mute => $"{it} was silenced.",
            HomeFactKind.EndOfLife => $"{it} has reached the end of its life and must be replaced.",
            HomeFactKind.Mains => $"{it} has no mains power.",
            HomeFactKind.Offline => $"{it} is offline.",
            HomeFactKind.Silent => $"{it} has not been heard for longer than usual.",
            HomeFactKind.FalseAlarm => $"{it} sounded for less than ten minutes, and nothing confirmed it.",
            HomeFactKind.CarbonMonoxide => $"{it} measures more carbon monoxide than a home should have: open a window, and have boiler and stove looked at.",
            HomeFactKind.Warming => $"{it} gets warm fast: has something been left on the cooker?",
            _ => $"{it} sounds again and again without cause: it may stand too near a cooker or a bathroom.",
        };
    }

    /// <summary>What is so, without a name: for those who need not know what a home calls its devices.</summary>
    public static string Say(this HomeFactKind what) => what switch
    {
        HomeFactKind.Battery => "An alarm has a low battery, or none",
        HomeFactKind.Fault => "An alarm reports a fault",
        HomeFactKind.Tamper => "An alarm was opened or taken down",
        HomeFactKind.EndOfLife => "An alarm has reached the end of its life",
        HomeFactKind.Silent => "An alarm has not been heard for longer than usual",
        HomeFactKind.Nuisance => "An alarm sounds again and again without cause",
        HomeFactKind.CarbonMonoxide => "There is more carbon monoxide than there should be",
        HomeFactKind.Warming => "The kitchen gets warm fast",
        _ => "An alarm needs looking after",
    };
}
