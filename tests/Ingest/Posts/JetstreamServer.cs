using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using ZstdSharp;

namespace CivicSignals.Tests.Ingest.Posts;

/// <summary>What goes wrong on a connection.</summary>
internal enum Fault
{
    /// <summary>The connection breaks.</summary>
    Drop,

    /// <summary>The server closes in order.</summary>
    Close,

    /// <summary>Half a frame, then it breaks.</summary>
    Partial,

    /// <summary>A frame that is no JSON; it goes on.</summary>
    Garbage,

    /// <summary>A frame of a megabyte; it goes on.</summary>
    Oversized,

    /// <summary>A small frame that decompresses to far too much; it goes on.</summary>
    Bomb,
}

/// <summary>A Jetstream of one version that says what a test lets it say, and fails as it is told.</summary>
internal sealed class JetstreamServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly int _version;
    private readonly List<(long Micros, long Seq, string Frame)> _log = [];
    private readonly CancellationTokenSource _end = new();

    private JetstreamServer(WebApplication app, int version) => (_app, _version) = (app, version);

    /// <summary>The faults to come, each so many frames after the last one or the connection's begin.</summary>
    public ConcurrentQueue<(int After, Fault Fault)> Faults { get; } = new();

    /// <summary>The queries of all connections, refused ones included.</summary>
    public ConcurrentQueue<string> Queries { get; } = new();

    /// <summary>Version 2 refuses numbers below.</summary>
    public long Floor { get; set; }

    /// <summary>What compressed frames are compressed with; null: compression is not on offer.</summary>
    public byte[]? Dictionary { get; set; }

    public string Url => $"{_app.Urls.Single().Replace("http", "ws", StringComparison.Ordinal)}{(_version == 1 ? "/subscribe" : "/xrpc/network.bsky.jetstream.subscribeEvents")}";

    public static async Task<JetstreamServer> StartAsync(int version, int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listener => listener.Protocols = HttpProtocols.Http1));
        var app = builder.Build();
        var server = new JetstreamServer(app, version);
        app.UseWebSockets();
        app.Map("/subscribe", server.SubscribeAsync);
        app.Map("/xrpc/network.bsky.jetstream.subscribeEvents", server.SubscribeAsync);
        app.MapGet("/xrpc/network.bsky.jetstream.getZstdDictionary", () => Results.Bytes(server.Dictionary ?? []));
        await app.StartAsync();
        return server;
    }

    /// <summary>Says one more event, to those who listen and to those who come from a cursor before it.</summary>
    public void Say(long micros, string commit, string did = "did:plc:a")
    {
        lock (_log)
        {
            var seq = _log.Count + 1;
            var time = DateTimeOffset.UnixEpoch.AddMicroseconds(micros).ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
            _log.Add((micros, seq, _version == 1
                ? $$$"""{"did":"{{{did}}}","time_us":{{{micros}}},"kind":"commit","commit":{ {{{commit}}} }}"""
                : $$$"""{"$type":"message","payload":{"$type":"network.bsky.jetstream.subscribeEvents#commit","seq":{{{seq}}},"did":"{{{did}}}","time":"{{{time}}}",{{{commit}}} }}"""));
        }
    }

    /// <summary>A post, each with a revision of its own.</summary>
    public void Post(long micros, string key, string text) =>
        Say(micros, $"\"rev\":\"r{key}\",\"operation\":\"create\",\"collection\":\"app.bsky.feed.post\",\"rkey\":\"{key}\",\"record\":{{\"text\":\"{text}\"}},\"cid\":\"b\"");

    public void Delete(long micros, string key) => Say(micros, $"\"rev\":\"d{key}\",\"operation\":\"delete\",\"collection\":\"app.bsky.feed.post\",\"rkey\":\"{key}\"");

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _end.Dispose();
    }

    private async Task SubscribeAsync(HttpContext context)
    {
        var query = context.Request.Query;
        Queries.Enqueue(context.Request.QueryString.Value ?? "");
        var cursor = query["cursor"] is [{ } text] ? long.Parse(text, CultureInfo.InvariantCulture) : long.MaxValue;
        if (_version == 2 && cursor < Floor)
        {
            context.Response.StatusCode = 400;
            await context.Response.WriteAsJsonAsync(new { error = "CursorTooOld", message = $"the oldest seq is {Floor}" });
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync(_version == 2 ? "xrpc.v1.json" : null);
        var compress = query.ContainsKey("compress") || query.ContainsKey("zstdDictionary");
        using var wire = new Wire(socket, compress ? Dictionary : null);
        try
        {
            await SendAsync(wire, context, cursor);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or IOException)
        {
            // The other side left, or the test is over.
        }
    }

    private async Task SendAsync(Wire wire, HttpContext context, long cursor)
    {
        var fault = Faults.TryDequeue(out var next) ? next : (After: int.MaxValue, default);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_end.Token, context.RequestAborted);
        var at = Start(cursor);
        for (var sent = 0; ; sent++)
        {
            if (sent == fault.After)
            {
                if (!await wire.FailAsync(fault.Fault, context, either.Token))
                    return;
                fault = Faults.TryDequeue(out next) ? (sent + next.After, next.Fault) : (int.MaxValue, default);
            }

            while (Frame(at) is null)
                await Task.Delay(5, either.Token);
            await wire.SendAsync(Frame(at++)!, either.Token);
        }
    }

    /// <summary>As the real one: from the first event at or after the cursor, in the order in which they were said.</summary>
    private int Start(long cursor)
    {
        lock (_log)
        {
            var first = _log.FindIndex(line => (_version == 2 && cursor < 1_000_000_000_000_000 ? line.Seq : line.Micros) >= cursor);
            return first < 0 ? _log.Count : first;
        }
    }

    private string? Frame(int at)
    {
        lock (_log)
            return at < _log.Count ? _log[at].Frame : null;
    }

    private sealed class Wire : IDisposable
    {
        private readonly WebSocket _socket;
        private readonly Compressor? _zstd;

        public Wire(WebSocket socket, byte[]? dictionary)
        {
            _socket = socket;
            if (dictionary is null)
                return;
            _zstd = new Compressor();
            _zstd.LoadDictionary(dictionary);
        }

        public Task SendAsync(string frame, CancellationToken cancellation) => SendAsync(Encoding.UTF8.GetBytes(frame), cancellation);

        public async Task<bool> FailAsync(Fault fault, HttpContext context, CancellationToken cancellation)
        {
            switch (fault)
            {
                case Fault.Garbage:
                    await SendAsync("{\"did\":", cancellation);
                    return true;
                case Fault.Oversized:
                    await _socket.SendAsync(new byte[1024 * 1024], WebSocketMessageType.Text, true, cancellation);
                    return true;
                case Fault.Bomb:
                    await SendAsync(new byte[64 * 1024 * 1024], cancellation);
                    return true;
                case Fault.Close:
                    await _socket.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, null, cancellation);
                    return false;
                case Fault.Partial:
                    await _socket.SendAsync("{\"did\":"u8.ToArray(), WebSocketMessageType.Text, false, cancellation);
                    break;
            }

            context.Abort();
            return false;
        }

        public void Dispose() => _zstd?.Dispose();

        private Task SendAsync(byte[] frame, CancellationToken cancellation) => _zstd is null
            ? _socket.SendAsync(frame, WebSocketMessageType.Text, true, cancellation)
            : _socket.SendAsync(_zstd.Wrap(frame).ToArray(), WebSocketMessageType.Binary, true, cancellation);
    }
}
