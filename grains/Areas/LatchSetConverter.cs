using System.Text.Json;
using System.Text.Json.Serialization;

namespace CivicSignals.Areas;

/// <summary>Keeps latches as a list: JSON has no composite keys.</summary>
internal sealed class LatchSetConverter : JsonConverter<LatchSet>
{
    public override LatchSet Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        LatchSet.Of(JsonSerializer.Deserialize(ref reader, Ledger.LedgerJson.Lines.LatchArray)!);

    public override void Write(Utf8JsonWriter writer, LatchSet value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var latch in value)
            JsonSerializer.Serialize(writer, latch, Ledger.LedgerJson.Lines.Latch);
        writer.WriteEndArray();
    }
}
