using System.Buffers;
using System.Text.Json;
using CivicSignals.Incidents;
using CivicSignals.Learning;
using CivicSignals.Ledger;

namespace CivicSignals.Areas;

/// <summary>
/// Writes an area's state as the ledger keeps it. An area commits often and changes little: incidents, and what was learnt, that are as they were
/// last time are copied, not serialised again.
/// </summary>
public sealed class AreaStateWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private (Learnt? Learnt, byte[] Bytes) _learnt = (null, []);
    private Dictionary<Incident, byte[]> _written = new(ReferenceEqualityComparer.Instance);

    /// <summary>The JSON of <see cref="AreaState"/>.</summary>
    public byte[] Write(AreaState state)
    {
        _bytes.ResetWrittenCount();
        var written = new Dictionary<Incident, byte[]>(state.Open.Length, ReferenceEqualityComparer.Instance);
        using (var json = new Utf8JsonWriter(_bytes, new JsonWriterOptions { Encoder = LedgerJson.Lines.Options.Encoder }))
        {
            json.WriteStartObject();
            json.WriteStartArray("open");
            foreach (var incident in state.Open)
            {
                if (!_written.TryGetValue(incident, out var bytes))
                    bytes = JsonSerializer.SerializeToUtf8Bytes(incident, LedgerJson.Lines.Incident);
                written.Add(incident, bytes);
                json.WriteRawValue(bytes, skipInputValidation: true);
            }

            json.WriteEndArray();
            json.WriteStartArray("waiting");
            foreach (var evidence in state.Waiting)
                JsonSerializer.Serialize(json, evidence, LedgerJson.Lines.Evidence);
            json.WriteEndArray();
            json.WriteStartArray("latches");
            foreach (var latch in state.Latches)
                JsonSerializer.Serialize(json, latch, LedgerJson.Lines.Latch);
            json.WriteEndArray();
            if (state.Learnt is { } learnt)
            {
                if (_learnt.Learnt != learnt)
                    _learnt = (learnt, JsonSerializer.SerializeToUtf8Bytes(learnt, LedgerJson.Lines.Learnt));
                json.WritePropertyName("learnt");
                json.WriteRawValue(_learnt.Bytes, skipInputValidation: true);
            }

            json.WriteEndObject();
        }

        _written = written;
        return _bytes.WrittenSpan.ToArray();
    }
}
