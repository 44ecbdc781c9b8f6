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
        Span<char> text = stackalloc char[24];
        value.UtcDateTime.TryFormat(text, out _, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'");
        writer.WriteStringValue(text);
    }
}
