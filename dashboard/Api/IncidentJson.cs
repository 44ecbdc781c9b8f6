using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using CivicSignals.Dashboard.ControlRoom;
using CivicSignals.Fusion;
using CivicSignals.Incidents;
using CivicSignals.Ledger;

namespace CivicSignals.Dashboard.Api;

/// <summary>Incidents in the API's words: the ledger's own lines, put together without reading them where that can be.</summary>
internal static class IncidentJson
{
    private static readonly JsonWriterOptions AsItIs = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary><c>{"items":[…],"next":…}</c></summary>
    public static byte[] Page(IReadOnlyList<LedgerEntry> items, bool more) => Write(json =>
    {
        json.WriteStartObject();
        Lines(json, "items", items);
        if (more)
            json.WriteString("next", items[^1].Seq.ToString(CultureInfo.InvariantCulture));
        else
            json.WriteNull("next");
        json.WriteEndObject();
    });

    /// <summary>
    /// The newest line of an incident, its evidence as weighed there and after it what is no longer weighed, and the whole record of
    /// evidence, alerts and actions.
    /// </summary>
    /// <param name="entries">All its entries, oldest first, a line of the incident among them.</param>
    /// <param name="posts">The posts among its evidence.</param>
    /// <param name="model">By which it would be confirmed.</param>
    public static byte[] One(IReadOnlyList<LedgerEntry> entries, IncidentPosts posts, FusionModel model) => Write(json =>
    {
        var newest = entries.Last(entry => entry.Type == EntryType.Incident).Body;
        using var line = JsonDocument.Parse(newest);
        json.WriteStartObject();
        foreach (var member in line.RootElement.EnumerateObject().Where(member => !member.NameEquals("evidence")))
            member.WriteTo(json);
        var evidence = entries.Where(entry => entry.Type == EntryType.Evidence).ToList();
        Evidence(json, line.RootElement, evidence);
        Lines(json, "evidenceLog", evidence);
        Lines(json, "alerts", entries.Where(entry => entry.Type == EntryType.Alert));
        Lines(json, "actions", entries.Where(entry => entry.Type == EntryType.Action));
        Posts(json, posts);
        json.WritePropertyName("wouldConfirm");
        JsonSerializer.Serialize(json, WouldConfirm.Of(JsonSerializer.Deserialize(newest.Span, LedgerJson.Lines.IncidentLine)!, model), LedgerJson.Lines.IReadOnlyListWouldConfirm);
        json.WriteEndObject();
    });

    /// <summary>Under each post's key, which is the event of its evidence, the post; null where its author has deleted it.</summary>
    private static void Posts(Utf8JsonWriter json, IncidentPosts posts)
    {
        json.WriteStartObject("posts");
        foreach (var (key, post) in posts.All)
        {
            if (post is null)
            {
                json.WriteNull(key);
                continue;
            }

            json.WriteStartObject(key);
            json.WriteString("text", post.Text);
            json.WriteString("url", post.Url);
            json.WritePropertyName("at");
            JsonSerializer.Serialize(json, post.At, LedgerJson.Lines.DateTimeOffset);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Evidence(Utf8JsonWriter json, JsonElement line, List<LedgerEntry> log)
    {
        var listed = new HashSet<(string?, string?)>();
        json.WriteStartArray("evidence");
        if (line.TryGetProperty("evidence", out var weighed))
        {
            foreach (var piece in weighed.EnumerateArray())
            {
                listed.Add(Key(piece));
                piece.WriteTo(json);
            }
        }

        foreach (var entry in log.AsEnumerable().Reverse())
        {
            using var piece = JsonDocument.Parse(entry.Body);
            if (listed.Add(Key(piece.RootElement)))
                json.WriteRawValue(entry.Body.Span, skipInputValidation: true);
        }

        json.WriteEndArray();
    }

    private static (string? Source, string? Kind) Key(JsonElement piece) => (piece.GetProperty("source").GetString(), piece.GetProperty("kind").GetString());

    private static void Lines(Utf8JsonWriter json, string name, IEnumerable<LedgerEntry> entries)
    {
        json.WriteStartArray(name);
        foreach (var entry in entries)
            json.WriteRawValue(entry.Body.Span, skipInputValidation: true);
        json.WriteEndArray();
    }

    private static byte[] Write(Action<Utf8JsonWriter> content)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, AsItIs))
            content(json);
        return buffer.WrittenSpan.ToArray();
    }
}
