using System.Globalization;
using CivicSignals.Ingest.Pipeline;
using Microsoft.Extensions.Logging;

namespace CivicSignals.Ingest.Posts;

/// <summary>Bluesky's Jetstream, version 1 or 2.</summary>
internal sealed class BlueskySource(BlueskyOptions options, TimeSpan idle, TimeProvider time, ILogger log) : IPostSource
{
    private const string Protocol = "xrpc.v1.json";

    private readonly Uri _server = new(options.Url);
    private readonly int _version = JetstreamAddress.VersionOf(new Uri(options.Url)) ?? 1;
    private readonly HttpClient _client = StreamClient.Create(time);
    private ZstdFrames? _zstd;

    public string Stream => JetstreamFrames.Network;

    public string Network => JetstreamFrames.Network;

    public async Task ReadAsync(PostSink sink, CancellationToken cancellation)
    {
        var cursor = BlueskyCursor.Parse(sink.Cursor);
        using var socket = await ConnectAsync(cursor, cancellation);
        IngestLog.StreamConnected(log, Stream, _server.Host);
        while (await socket.ReadAsync(cancellation) is { } frame)
        {
            if (frame.IsTooLarge)
            {
                await sink.RejectAsync(Reasons.TooLarge, $"more than {JetstreamFrames.MaxFrame} bytes", frame.Bytes);
                continue;
            }

            var reading = JetstreamFrames.Read(await PlainAsync(frame, sink), out var mark);
            if (mark.Notice is { } notice)
                IngestLog.StreamNotice(log, Stream, notice);
            cursor = cursor.After(mark, _server.Authority, time.GetUtcNow());
            await sink.TakeAsync(reading, mark.Key, frame.Bytes, cursor.ToString());
            if (mark.Micros > 0)
                sink.Lag(DateTimeOffset.UnixEpoch.AddMicroseconds(mark.Micros));
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _zstd?.Dispose();
    }

    private async Task<FrameSocket> ConnectAsync(BlueskyCursor cursor, CancellationToken cancellation)
    {
        try
        {
            return await ConnectAsync(cursor.At(_server.Authority, _version), cancellation);
        }
        catch (StreamRefusedException refused) when (refused.Error == "CursorTooOld")
        {
            // The oldest that is left is all that there is to get.
            IngestLog.StreamHasGap(log, Stream);
            return await ConnectAsync(Floor(refused.Explanation), cancellation);
        }
        catch (StreamRefusedException refused) when (refused.Error == "UnknownZstdDictionary")
        {
            _zstd?.Dispose();
            _zstd = null;
            return await ConnectAsync(cursor.At(_server.Authority, _version), cancellation);
        }
    }

    private async Task<FrameSocket> ConnectAsync(long? cursor, CancellationToken cancellation)
    {
        if (options.Compress)
            _zstd ??= new ZstdFrames(await DictionaryAsync(cancellation));
        return await FrameSocket.ConnectAsync(
            _client, JetstreamAddress.Events(_server, cursor, _zstd?.Id), _version == 2 ? Protocol : null, JetstreamFrames.MaxFrame, idle, cancellation);
    }

    private Task<byte[]> DictionaryAsync(CancellationToken cancellation) => _version == 1
        ? File.ReadAllBytesAsync(options.DictionaryFile, cancellation)
        : _client.GetAsync(JetstreamAddress.Dictionary(_server), ZstdFrames.MaxDictionary, cancellation);

    private async ValueTask<ReadOnlyMemory<byte>> PlainAsync(SocketFrame frame, PostSink sink)
    {
        if (_zstd is null || !frame.IsBinary)
            return frame.Data;
        try
        {
            return _zstd.Decompress(frame.Data.Span);
        }
        catch (StreamEndedException)
        {
            await sink.RejectAsync(Reasons.Undecodable, "zstd", frame.Bytes);
            throw;
        }
    }

    /// <summary>The number in the server's words; null, and so what comes from now on, where there is none.</summary>
    private static long? Floor(string explanation)
    {
        var digits = explanation.SkipWhile(c => !char.IsAsciiDigit(c)).TakeWhile(char.IsAsciiDigit).ToArray();
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var floor) ? floor : null;
    }
}
