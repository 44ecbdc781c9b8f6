using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CivicSignals.Alerts;
using CivicSignals.Areas;
using CivicSignals.Incidents;
using CivicSignals.Learning;

namespace CivicSignals.Ledger;

/// <summary>How records look in the ledger and to outsiders: camel case, enums by name, times as ISO 8601 UTC with milliseconds.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    Converters = [typeof(UtcMillisecondsConverter)])]
[JsonSerializable(typeof(IncidentLine))]
[JsonSerializable(typeof(ActionLine))]
[JsonSerializable(typeof(Alert))]
[JsonSerializable(typeof(Evidence))]
[JsonSerializable(typeof(Incident))]
[JsonSerializable(typeof(AreaState))]
[JsonSerializable(typeof(Latch[]))]
[JsonSerializable(typeof(IReadOnlyList<WouldConfirm>))]
[JsonSerializable(typeof(Learnt))]
[JsonSerializable(typeof(FalseCallStanding))]
[JsonSerializable(typeof(FalseCallList))]
public sealed partial class LedgerJson : JsonSerializerContext
{
    /// <summary>The context to use: text as it is, not escaped for HTML; encode it where it is shown.</summary>
    public static LedgerJson Lines => Relaxed.Lines;

    // In a class of its own, so that the generated Default, which alone knows the options above, exists before it is copied.
    private static class Relaxed
    {
        public static readonly LedgerJson Lines = new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}

/// <summary>Writes <c>2026-01-10T08:00:00.000Z</c>; reads any ISO 8601 time with a zone.</summary>
public sealed class UtcMillisecondsConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        // By hand: an incident's line has a time for each piece of evidence, and a format string costs more than all its numbers.
        Span<byte> text = stackalloc byte[24];
        "0000-00-00T00:00:00.000Z"u8.CopyTo(text);
        var time = value.UtcDateTime;
        var (year, month, day) = DateOnly.FromDateTime(time);
        Put(text[..4], year);
        Put(text[5..7], month);
        Put(text[8..10], day);
        Put(text[11..13], time.Hour);
        Put(text[14..16], time.Minute);
        Put(text[17..19], time.Second);
        Put(text[20..23], time.Millisecond);
        writer.WriteStringValue(text);
    }

    private static void Put(Span<byte> digits, int number)
    {
        for (var i = digits.Length - 1; i >= 0; i--, number /= 10)
            digits[i] = (byte)('0' + (number % 10));
    }
}
