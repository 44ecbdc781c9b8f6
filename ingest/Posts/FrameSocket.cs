using System.Net.WebSockets;

namespace CivicSignals.Ingest.Posts;

/// <summary>A WebSocket that is only read from, frame by frame and within bounds.</summary>
internal sealed class FrameSocket : IDisposable
{
    private const int MaxDiscarded = 16 * 1024 * 1024;

    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer;

    private FrameSocket(int maxFrame) => _buffer = new byte[maxFrame];

    /// <param name="client">How to get there.</param>
    /// <param name="address">ws or wss.</param>
    /// <param name="protocol">The sub-protocol to offer, or null.</param>
    /// <param name="maxFrame">The longest frame that is given out, bytes.</param>
    /// <param name="idle">For so long there may be neither a frame nor an answer to a ping.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="StreamEndedException">The server refuses.</exception>
    public static async Task<FrameSocket> ConnectAsync(
        HttpClient client, Uri address, string? protocol, int maxFrame, TimeSpan idle, CancellationToken cancellation)
    {
        var socket = new FrameSocket(maxFrame);
        socket._socket.Options.KeepAliveInterval = idle / 3;
        socket._socket.Options.KeepAliveTimeout = idle * 2 / 3;
        if (protocol is not null)
            socket._socket.Options.AddSubProtocol(protocol);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(StreamClient.ConnectWithin);
        try
        {
            await socket._socket.ConnectAsync(address, client, patience.Token);
            return socket;
        }
        catch (WebSocketException e) when (e.InnerException is StreamEndedException refused)
        {
            socket.Dispose();
            throw refused;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The next frame, or null: the server closed. A frame beyond bounds has <see cref="SocketFrame.IsTooLarge"/> and no data.</summary>
    public async ValueTask<SocketFrame?> ReadAsync(CancellationToken cancellation)
    {
        var total = 0;
        while (true)
        {
            var room = total < _buffer.Length ? _buffer.AsMemory(total) : _buffer;
            var part = await _socket.ReceiveAsync(room, cancellation);
            if (part.MessageType == WebSocketMessageType.Close)
                return null;
            total += part.Count;
            if (total > MaxDiscarded)
                throw new StreamEndedException($"a frame of more than {MaxDiscarded} bytes");
            if (part.EndOfMessage)
                return new SocketFrame(total > _buffer.Length ? default : _buffer.AsMemory(0, total), total, part.MessageType == WebSocketMessageType.Binary);
        }
    }

    public void Dispose() => _socket.Dispose();
}

/// <summary>One frame.</summary>
/// <param name="Data">Valid until the next one is read.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="IsBinary">Whether it was sent as binary.</param>
internal readonly record struct SocketFrame(ReadOnlyMemory<byte> Data, int Bytes, bool IsBinary)
{
    public bool IsTooLarge => Bytes > Data.Length;
}
