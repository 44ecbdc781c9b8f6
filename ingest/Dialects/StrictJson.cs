using System.Text.Json;
using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Ingest.Dialects;

/// <summary>JSON as the platform takes it from strangers.</summary>
internal static class StrictJson
{
    /// <summary>Deeper nesting is refused.</summary>
    public const int MaxDepth = 32;

    public static readonly JsonDocumentOptions DocumentOptions = new() { MaxDepth = MaxDepth };
    public static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = MaxDepth };

    /// <summary>Why a payload that failed to parse did.</summary>
    public static string WhyNot(ReadOnlySpan<byte> payload)
    {
        // The scan is told to go one level deeper than is allowed, so that it can see the offence.
        var reader = new Utf8JsonReader(payload, new JsonReaderOptions { MaxDepth = MaxDepth + 1 });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && reader.CurrentDepth >= MaxDepth)
                    return Reasons.TooDeep;
            }
        }
        catch (JsonException)
        {
            return Reasons.NotJson;
        }

        return Reasons.NotJson;
    }
}
