using System.Text;
using System.Text.Json;
using CivicSignals.Ingest.Dialects;
using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Ingest.Posts;

/// <summary>Reads what an author wrote: a record of the app.bsky lexicons. Its <c>createdAt</c> is the author's choice and is not looked at.</summary>
internal static class BlueskyRecord
{
    /// <summary>The lexicon's limit, bytes.</summary>
    public const int MaxText = 3000;

    private const int MaxLanguage = 35; // BCP 47 tags that occur are shorter
    private const int MaxUri = 1024;

    /// <summary>A post's record onto what is known of it.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="InvalidOperationException">A string in it is no text.</exception>
    public static PostReading Post(ReadOnlyMemory<byte> record, PostEvent named)
    {
        if (record.IsEmpty)
            return PostReading.Reject(Reasons.BadShape, "no record");
        using var document = JsonDocument.Parse(record, StrictJson.DocumentOptions);
        var post = document.RootElement;
        if (post.Text("text") is not { } text)
            return PostReading.Reject(Reasons.BadShape, "a post without a text");
        if (Encoding.UTF8.GetByteCount(text) > MaxText)
            return PostReading.Reject(Reasons.TooLarge, $"a text of more than {MaxText} bytes");
        return new PostReading(named with
        {
            Text = text,
            Language = Language(post),
            Of = Quoted(post),
            ReplyTo = PostUri(post.Member("reply").Member("parent")),
        });
    }

    /// <summary>A repost's record onto what is known of it; of something else than a post, it does not matter.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="InvalidOperationException">A string in it is no text.</exception>
    public static PostReading Repost(ReadOnlyMemory<byte> record, PostEvent named)
    {
        if (record.IsEmpty)
            return PostReading.Reject(Reasons.BadShape, "no record");
        using var document = JsonDocument.Parse(record, StrictJson.DocumentOptions);
        if (document.RootElement.Member("subject")?.Text("uri") is null)
            return PostReading.Reject(Reasons.BadShape, "a repost of nothing");
        return PostUri(document.RootElement.Member("subject")) is { } of ? new PostReading(named with { Of = of }) : PostReading.Ambient;
    }

    private static string? Language(JsonElement post) =>
        post.Member("langs") is { ValueKind: JsonValueKind.Array } tags && tags.GetArrayLength() > 0 && tags[0] is { ValueKind: JsonValueKind.String } first
        && first.GetString() is { Length: > 0 and <= MaxLanguage } tag ? tag : null;

    private static string? Quoted(JsonElement post) => post.Member("embed") is { } embed
        ? embed.Text("$type") switch
        {
            "app.bsky.embed.record" => PostUri(embed.Member("record")),
            "app.bsky.embed.recordWithMedia" => PostUri(embed.Member("record").Member("record")),
            _ => null,
        }
        : null;

    /// <summary>A quoted list or feed is no post, and no reason to take one for another's voice.</summary>
    private static string? PostUri(JsonElement? reference) =>
        reference?.Text("uri") is { Length: <= MaxUri } uri && uri.StartsWith("at://did:", StringComparison.Ordinal) && uri.Split('/') is [_, _, _, JetstreamFrames.Collections.Posts, { Length: > 0 }]
            ? uri
            : null;
}
