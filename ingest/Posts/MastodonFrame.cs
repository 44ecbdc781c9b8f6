using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using CivicSignals.Ingest.Dialects;

namespace CivicSignals.Ingest.Posts;

/// <summary>A frame of Mastodon's WebSocket: JSON with JSON in a string inside.</summary>
internal static class MastodonFrame
{
    /// <summary>The event inside; null: it is none, or an error.</summary>
    /// <param name="frame">As received.</param>
    /// <param name="status">The HTTP status that the server reports as an error; 0: none.</param>
    public static (string Name, ReadOnlyMemory<byte> Payload)? Open(ReadOnlyMemory<byte> frame, out int status)
    {
        status = 0;
        if (!Utf8.IsValid(frame.Span))
            return null;
        try
        {
            using var document = JsonDocument.Parse(frame, StrictJson.DocumentOptions);
            if (document.RootElement.Text("error") is not null)
                status = (int)Math.Clamp(document.RootElement.Member("status").Whole() ?? 400, 400, 599);
            return document.RootElement.Text("event") is { } name
                ? (name, Encoding.UTF8.GetBytes(document.RootElement.Text("payload") ?? ""))
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
