using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CivicSignals.Ingest.Dialects.Homes;

/// <summary>What a device last said about a key.</summary>
internal enum Said : byte
{
    /// <summary>Nothing yet.</summary>
    Nothing,
    Inactive,
    Active,

    /// <summary>Something that did not arrive at its area: whatever it says next is news.</summary>
    Undelivered,
}

/// <summary>A key of a device's state that speaks of a hazard.</summary>
internal sealed class DeviceKey(string name, string kind, string[] on, string[] off, bool momentary = false)
{
    /// <summary>A level counts as enough again only so far above low, so that it does not flicker.</summary>
    private const double Enough = 5;

    private readonly byte[] _name = Encoding.UTF8.GetBytes(name);
    private readonly byte[][] _on = [.. on.Select(Encoding.UTF8.GetBytes)];
    private readonly byte[][] _off = [.. off.Select(Encoding.UTF8.GetBytes)];

    public string Name => name;

    public string Kind => kind;

    /// <summary>Whether each message is an event of its own that nothing takes back.</summary>
    public bool Momentary => momentary;

    /// <summary>Whether values say that it is active; else its mere mention does.</summary>
    public bool HasValues => _on.Length > 0;

    /// <summary>What a text, a number or a filled list says that is none of its named values: some devices put their faults into words.</summary>
    public Said Otherwise { get; init; }

    /// <summary>For a level such as a battery's: active at or below; its named values do not matter then.</summary>
    public double? LowAt { get; init; }

    /// <summary>For a level such as a gas's: active at or above, over at or below half of it; its named values do not matter then.</summary>
    public double? HighAt { get; init; }

    /// <summary>Whether it speaks of the device itself (a test, a fault, an empty battery) and of no hazard.</summary>
    public bool IsSupervision { get; } = kind.StartsWith("supervision.", StringComparison.Ordinal);

    /// <summary>Whether it is how the device is set, which decides what its other keys mean and is no news to anyone.</summary>
    public bool IsSetting { get; } = kind.StartsWith("setting.", StringComparison.Ordinal);

    /// <summary>Whether it speaks of a hazard.</summary>
    public bool IsHazard => !IsSupervision && !IsSetting;

    /// <summary>
    /// The start of the kinds that mean nothing while this is active, or null: a test makes alarms sound, a gas sensor that warms up gives
    /// false values, and a leak sensor may be set to sound where water is missing.
    /// </summary>
    public string? Silences { get; } = kind switch
    {
        "supervision.test" => "",
        "supervision.warm-up" => "gas.",
        "setting.water-shortage" => "flood.",
        _ => null,
    };

    /// <summary>Whether it says that the device is being tested.</summary>
    public bool IsTest { get; } = kind == "supervision.test";

    /// <summary>Whether only the change counts: a door that stays open all day is no news in every battery report.</summary>
    public bool EdgeOnly { get; } = kind is "intrusion.contact" or "intrusion.motion" or "intrusion.presence" or "intrusion.vibration"
        || kind.StartsWith("supervision.", StringComparison.Ordinal);

    /// <summary>All that it is, to compare it with another.</summary>
    public IEnumerable<string> Content =>
        [name, kind, momentary ? "!" : "", $"{Otherwise}", LowAt?.ToString(CultureInfo.InvariantCulture) ?? "", HighAt?.ToString(CultureInfo.InvariantCulture) ?? "", .. on, "", .. off];

    /// <summary>Length of the name in UTF-8, bytes.</summary>
    public int NameLength => _name.Length;

    public bool IsNamed(ref Utf8JsonReader property) => property.ValueTextEquals(_name);

    /// <summary>Reads the value that a reader stands on.</summary>
    public Said Read(ref Utf8JsonReader value) => value.TokenType switch
    {
        JsonTokenType.String => Match(ref value, _on) ? Said.Active : Match(ref value, _off) ? Said.Inactive : Otherwise,
        JsonTokenType.True => Read("true"u8),
        JsonTokenType.False => Read("false"u8),
        JsonTokenType.Number => Read(value.ValueSpan),
        JsonTokenType.StartArray when Otherwise != Said.Nothing => IsEmpty(value) ? Said.Inactive : Otherwise,
        _ => Said.Nothing,
    };

    /// <summary>Reads a value's text without quotes.</summary>
    public Said Read(ReadOnlySpan<byte> text)
    {
        if (LowAt is not null || HighAt is not null)
            return Utf8Parser.TryParse(text, out double level, out var used) && used == text.Length ? Level(level) : Said.Nothing;
        return Match(text, _on) ? Said.Active : Match(text, _off) ? Said.Inactive : Otherwise;
    }

    private Said Level(double level) =>
        level <= LowAt || level >= HighAt ? Said.Active : level > LowAt + Enough || level <= HighAt / 2 ? Said.Inactive : Said.Nothing;

    private static bool IsEmpty(Utf8JsonReader array) => array.Read() && array.TokenType == JsonTokenType.EndArray;

    private static bool Match(ref Utf8JsonReader value, byte[][] texts)
    {
        foreach (var text in texts)
        {
            if (value.ValueTextEquals(text))
                return true;
        }

        return false;
    }

    private static bool Match(ReadOnlySpan<byte> value, byte[][] texts)
    {
        foreach (var text in texts)
        {
            if (value.SequenceEqual(text))
                return true;
        }

        return false;
    }
}
