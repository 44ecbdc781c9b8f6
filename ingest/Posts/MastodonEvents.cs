using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using CivicSignals.Ingest.Dialects;
using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Ingest.Posts;

/// <summary>Reads events of Mastodon's streaming API.</summary>
internal static class MastodonEvents
{
    /// <summary>The network's name, as <see cref="PostEvent.Network"/> has it.</summary>
    public const string Network = "mastodon";

    /// <summary>The longest event that is read, bytes.</summary>
    public const int MaxEvent = 256 * 1024;

    private const int MaxId = 64; // snowflakes and ULIDs are shorter than 30
    private static readonly SearchValues<byte> IdBytes = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"u8);

    /// <summary>Never throws.</summary>
    /// <param name="name">The event: <c>update</c>, <c>delete</c>, <c>status.update</c>.</param>
    /// <param name="payload">A status as JSON, or a bare id.</param>
    /// <param name="host">The server that said so.</param>
    public static PostReading Read(string name, ReadOnlyMemory<byte> payload, string host) => Read(name, payload, host, out _);

    /// <summary>Never throws.</summary>
    /// <param name="name">The event: <c>update</c>, <c>delete</c>, <c>status.update</c>.</param>
    /// <param name="payload">A status as JSON, or a bare id.</param>
    /// <param name="host">The server that said so.</param>
    /// <param name="mark">Where it stands in the stream, as far as it says so.</param>
    public static PostReading Read(string name, ReadOnlyMemory<byte> payload, string host, out MastodonMark mark)
    {
        mark = default;
        if (name is not ("update" or "status.update" or "delete"))
            return PostReading.Ambient;
        if (payload.Length > MaxEvent)
            return PostReading.Reject(Reasons.TooLarge, $"{payload.Length} bytes");
        if (!Utf8.IsValid(payload.Span))
            return PostReading.Reject(Reasons.BadEncoding, "not UTF-8");
        try
        {
            return name == "delete" ? Deletion(payload.Span, host, out mark) : Status(name, payload, host, out mark);
        }
        catch (JsonException)
        {
            return PostReading.Reject(StrictJson.WhyNot(payload.Span));
        }
        catch (InvalidOperationException)
        {
            return PostReading.Reject(Reasons.BadEncoding, "an escaped lone surrogate");
        }
    }

    /// <summary>An id as servers give them, or null.</summary>
    public static string? Id(string? id) => id is { Length: > 0 and <= MaxId } && !Encoding.UTF8.GetBytes(id).AsSpan().ContainsAnyExcept(IdBytes) ? id : null;

    private static PostReading Deletion(ReadOnlySpan<byte> payload, string host, out MastodonMark mark)
    {
        mark = default;
        if (Id(Encoding.UTF8.GetString(payload.Trim(" \r\n"u8))) is not { } id)
            return PostReading.Reject(Reasons.BadShape, "a deletion of nothing");
        mark = new MastodonMark(null, Key("delete", id, ""));
        return new PostReading(new PostEvent { Network = Network, Change = PostChange.Deleted, Author = "", Id = $"{Network}:{host}/{id}" });
    }

    private static PostReading Status(string name, ReadOnlyMemory<byte> payload, string host, out MastodonMark mark)
    {
        mark = default;
        using var document = JsonDocument.Parse(payload, StrictJson.DocumentOptions);
        var status = document.RootElement;
        if (Id(status.Text("id")) is not { } id)
            return PostReading.Reject(Reasons.BadShape, "a status without an id");
        mark = new MastodonMark(name == "update" ? id : null, 0);
        var reading = MastodonStatus.Read(status, id, host, edited: name == "status.update");
        if (reading.Event is not null)
            mark = mark with { Key = Key(name, id, status.Text("edited_at") ?? "") };
        return reading;
    }

    private static UInt128 Key(string name, string id, string edited) =>
        BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{name}\n{id}\n{edited}")));
}
