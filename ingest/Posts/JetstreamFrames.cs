using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using CivicSignals.Ingest.Dialects;
using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Ingest.Posts;

/// <summary>Reads frames of Bluesky's Jetstream, version 1 and 2.</summary>
internal static class JetstreamFrames
{
    /// <summary>The network's name, as <see cref="PostEvent.Network"/> has it.</summary>
    public const string Network = "bluesky";

    /// <summary>The longest frame that is read, bytes.</summary>
    public const int MaxFrame = 256 * 1024;

    private const int MaxDid = 256; // did:plc is 32; a did:web holds a host name
    private const int MaxRecordKey = 512; // https://atproto.com/specs/record-key

    private static readonly SearchValues<byte> DidBytes = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.:_-%"u8);
    private static readonly SearchValues<byte> RecordKeyBytes = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.:_~-"u8);

    /// <summary>Never throws.</summary>
    /// <param name="frame">One frame, JSON, as the server sent it after decompression.</param>
    public static PostReading Read(ReadOnlyMemory<byte> frame) => Read(frame, out _);

    /// <summary>Never throws.</summary>
    /// <param name="frame">One frame, JSON, as the server sent it after decompression.</param>
    /// <param name="mark">Where it stands in the stream, as far as it says so.</param>
    public static PostReading Read(ReadOnlyMemory<byte> frame, out JetstreamMark mark)
    {
        mark = default;
        if (frame.Length > MaxFrame)
            return PostReading.Reject(Reasons.TooLarge, $"{frame.Length} bytes");
        if (!Utf8.IsValid(frame.Span))
            return PostReading.Reject(Reasons.BadEncoding, "not UTF-8");
        try
        {
            var envelope = JetstreamEnvelope.Read(frame.Span);
            mark = new JetstreamMark(envelope.Micros, envelope.Seq, 0, IsNotice(envelope.Kind) ? envelope.NoticeText() : null);
            var reading = Decode(envelope, frame);
            if (reading.Event is not null)
                mark = mark with { Key = Key(envelope) };
            return reading;
        }
        catch (JsonException)
        {
            return PostReading.Reject(StrictJson.WhyNot(frame.Span));
        }
        catch (InvalidOperationException)
        {
            return PostReading.Reject(Reasons.BadEncoding, "an escaped lone surrogate");
        }
    }

    private static bool IsNotice(ReadOnlySpan<byte> kind) => kind.SequenceEqual("info"u8) || kind.SequenceEqual("error"u8);

    private static PostReading Decode(in JetstreamEnvelope envelope, ReadOnlyMemory<byte> frame)
    {
        if (envelope.Kind.SequenceEqual("commit"u8))
            return envelope.Collection.SequenceEqual(Collections.PostsUtf8) ? Post(envelope, frame)
                : envelope.Collection.SequenceEqual(Collections.RepostsUtf8) ? Repost(envelope, frame)
                : envelope.Collection.IsEmpty ? PostReading.Reject(Reasons.BadShape, "a commit without a collection")
                : PostReading.Ambient;
        if (envelope.Kind.SequenceEqual("account"u8))
            return Account(envelope);
        return envelope.Kind.IsEmpty ? PostReading.Reject(Reasons.BadShape, "no kind") : PostReading.Ambient;
    }

    private static PostReading Post(in JetstreamEnvelope envelope, ReadOnlyMemory<byte> frame)
    {
        if (Named(envelope) is not { } named)
            return PostReading.Reject(Reasons.BadShape, "no author or record key");
        if (envelope.Operation.SequenceEqual("delete"u8))
            return new PostReading(named);
        return Change(envelope.Operation) is { } change
            ? BlueskyRecord.Post(frame[envelope.Record], named with { Change = change })
            : PostReading.Reject(Reasons.BadShape, "an unknown operation");
    }

    private static PostReading Repost(in JetstreamEnvelope envelope, ReadOnlyMemory<byte> frame)
    {
        if (Named(envelope) is not { } named)
            return PostReading.Reject(Reasons.BadShape, "no author or record key");
        if (envelope.Operation.SequenceEqual("delete"u8))
            return new PostReading(named);
        return Change(envelope.Operation) is not null
            ? BlueskyRecord.Repost(frame[envelope.Record], named with { Change = PostChange.Reposted })
            : PostReading.Reject(Reasons.BadShape, "an unknown operation");
    }

    private static PostReading Account(in JetstreamEnvelope envelope)
    {
        if (envelope.AccountActive is not { } active || Did(envelope) is not { } did)
            return PostReading.Reject(Reasons.BadShape, "an account without its state");

        // These two are the network's own troubles; the author is still there.
        return active || envelope.AccountStatus.SequenceEqual("desynchronized"u8) || envelope.AccountStatus.SequenceEqual("throttled"u8)
            ? PostReading.Ambient
            : new PostReading(new PostEvent { Network = Network, Change = PostChange.AuthorGone, Author = $"{Network}:{did}" });
    }

    /// <summary>Who and which, as if it were deleted; null: it does not say.</summary>
    private static PostEvent? Named(in JetstreamEnvelope envelope)
    {
        if (Did(envelope) is not { } did || envelope.RecordKey.Length is 0 or > MaxRecordKey || envelope.RecordKey.ContainsAnyExcept(RecordKeyBytes))
            return null;
        var key = Encoding.ASCII.GetString(envelope.RecordKey);
        var posts = envelope.Collection.SequenceEqual(Collections.PostsUtf8);
        return new PostEvent
        {
            Network = Network,
            Change = PostChange.Deleted,
            Author = $"{Network}:{did}",
            Id = $"at://{did}/{(posts ? Collections.Posts : Collections.Reposts)}/{key}",
            Url = posts ? $"https://bsky.app/profile/{did}/post/{key}" : "",
        };
    }

    private static string? Did(in JetstreamEnvelope envelope) =>
        envelope.Did.StartsWith("did:"u8) && envelope.Did.Length <= MaxDid && !envelope.Did.ContainsAnyExcept(DidBytes) ? Encoding.ASCII.GetString(envelope.Did) : null;

    private static PostChange? Change(ReadOnlySpan<byte> operation) =>
        operation.SequenceEqual("create"u8) ? PostChange.Posted : operation.SequenceEqual("update"u8) ? PostChange.Edited : null;

    /// <summary>An author cannot choose what another's is: the parts are limited to bytes that none of the separators is.</summary>
    private static UInt128 Key(in JetstreamEnvelope envelope)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, envelope.Did);
        Append(hash, envelope.Collection);
        Append(hash, envelope.RecordKey);
        Append(hash, envelope.Operation);
        Append(hash, envelope.AccountStatus);
        Append(hash, envelope.Revision.IsEmpty ? envelope.ContentId : envelope.Revision);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return BinaryPrimitives.ReadUInt128BigEndian(digest);
    }

    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> part)
    {
        hash.AppendData(part);
        hash.AppendData("\n"u8);
    }

    /// <summary>The collections that count.</summary>
    internal static class Collections
    {
        public const string Posts = "app.bsky.feed.post";
        public const string Reposts = "app.bsky.feed.repost";

        public static ReadOnlySpan<byte> PostsUtf8 => "app.bsky.feed.post"u8;

        public static ReadOnlySpan<byte> RepostsUtf8 => "app.bsky.feed.repost"u8;
    }
}
