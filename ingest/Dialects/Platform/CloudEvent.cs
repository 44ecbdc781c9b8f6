using System.Globalization;
using System.Text.Json;
using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Ingest.Dialects.Platform;

/// <summary>The CloudEvents 1.0 envelope around a payload: in the payload itself (structured) or in MQTT 5 properties (binary).</summary>
/// <param name="Id">The event's id, or null.</param>
/// <param name="Time">When it happened, as text, or null.</param>
/// <param name="Type">Its type, or null.</param>
/// <param name="Data">What it carries.</param>
internal readonly record struct CloudEvent(string? Id, string? Time, string? Type, JsonElement Data)
{
    /// <summary>Unwraps a payload; one without an envelope is its own data.</summary>
    public static CloudEvent Open(JsonElement payload, in InboundMessage message)
    {
        if (payload.Text("specversion") is not null && payload.Member("data") is { } data)
            return new CloudEvent(payload.Text("id"), payload.Text("time"), payload.Text("type"), data);
        return Property(message.Properties, "specversion") is null
            ? new CloudEvent(null, null, null, payload)
            : new CloudEvent(Property(message.Properties, "id"), Property(message.Properties, "time"), Property(message.Properties, "type"), payload);
    }

    /// <summary>Reads an ISO 8601 time with a zone; false when there is a text and it is none.</summary>
    public static bool TryTime(string? text, out DateTimeOffset? time)
    {
        time = null;
        if (text is null)
            return true;
        // A time without a zone is an hour wrong for half of the year.
        if (!text.AsSpan().EndsWith("Z", StringComparison.OrdinalIgnoreCase) && (text.Length < 6 || text[^6] is not ('+' or '-')))
            return false;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed))
            return false;
        time = parsed.ToUniversalTime();
        return true;
    }

    private static string? Property(IReadOnlyList<KeyValuePair<string, string>>? properties, string name)
    {
        for (var i = 0; i < properties?.Count; i++)
        {
            if (properties[i].Key == name)
                return properties[i].Value;
        }

        return null;
    }
}
