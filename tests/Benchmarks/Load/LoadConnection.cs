using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace CivicSignals.Benchmarks.Load;

/// <summary>
/// One MQTT connection that keeps up to a window of QoS 1 messages in flight and times their PUBACKs, which must come in order.
/// Allocates nothing per message. One caller may send while another reads.
/// </summary>
internal sealed class LoadConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _received = new byte[8192];
    private readonly ushort[] _ids = new ushort[2049];
    private readonly long[] _sentAt;
    private readonly Func<PublishPacket> _next;
    private byte[] _toSend = new byte[16 * 1024];
    private LatencyHistogram _latency = new();
    private AckReader _acks;
    private long _sent;
    private long _acked;

    /// <param name="window">How many messages may be in flight, 1..65,535.</param>
    /// <param name="next">The next packet to send.</param>
    public LoadConnection(int window, Func<PublishPacket> next) => (_sentAt, _next) = (new long[window], next);

    public long Acked => Volatile.Read(ref _acked);

    /// <summary>How many more may be sent now.</summary>
    public int Free => _sentAt.Length - (int)(_sent - Acked);

    /// <summary>Connects with a clean session.</summary>
    /// <exception cref="IOException">The server closed the connection or refused.</exception>
    public async Task ConnectAsync(int port, string client, string? user, string? password, CancellationToken cancellation)
    {
        await _socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), cancellation);
        await _socket.SendAsync(PacketBytes.Connect(client, user, password), cancellation);
        while (_acks.ReturnCode is null)
            await ReceiveAsync(cancellation);
        if (_acks.ReturnCode != 0)
            throw new IOException($"{client} was refused with return code {_acks.ReturnCode}");
    }

    /// <summary>Keeps the window full until a moment, then waits for what is in flight.</summary>
    /// <param name="until">By <see cref="Stopwatch.GetTimestamp"/>.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>How many were acknowledged by then.</returns>
    public async Task<long> SaturateAsync(long until, CancellationToken cancellation)
    {
        var before = Acked;
        long inTime = 0;
        await SendAsync(Free, cancellation);
        while (_sent > Acked)
        {
            var acked = await ReceiveAsync(cancellation);
            if (Stopwatch.GetTimestamp() >= until)
                continue;
            inTime = Acked - before;
            await SendAsync(acked, cancellation);
        }

        return inTime;
    }

    /// <summary>Sends so many messages, as fast as the window allows, and waits until all are acknowledged.</summary>
    public async Task SendAllAsync(int count, CancellationToken cancellation)
    {
        var end = _sent + count;
        await SendAsync(Math.Min(Free, count), cancellation);
        while (Acked < end)
        {
            await ReceiveAsync(cancellation);
            await SendAsync((int)Math.Min(Free, end - _sent), cancellation);
        }
    }

    /// <summary>Reads acknowledgements until cancelled; for callers of <see cref="SendAsync"/>.</summary>
    public async Task ReadAsync(CancellationToken cancellation)
    {
        while (true)
            await ReceiveAsync(cancellation);
    }

    /// <summary>Sends the next messages in one write; at most <see cref="Free"/>.</summary>
    public async ValueTask SendAsync(int count, CancellationToken cancellation)
    {
        var length = 0;
        for (var i = 0; i < count; i++)
        {
            var packet = _next();
            if (length + packet.Length > _toSend.Length)
                Array.Resize(ref _toSend, Math.Max(_toSend.Length * 2, length + packet.Length));
            packet.Write(_toSend.AsSpan(length), Id(_sent));
            _sentAt[_sent % _sentAt.Length] = Stopwatch.GetTimestamp();
            length += packet.Length;
            _sent++;
        }

        for (var at = 0; at < length;)
            at += await _socket.SendAsync(_toSend.AsMemory(at, length - at), SocketFlags.None, cancellation);
    }

    /// <summary>How long messages took from the send call to the PUBACK since this was last asked.</summary>
    public LatencyHistogram TakeLatency()
    {
        var taken = _latency;
        _latency = new LatencyHistogram();
        return taken;
    }

    public void Dispose() => _socket.Dispose();

    private static ushort Id(long sequence) => (ushort)((sequence % ushort.MaxValue) + 1);

    private async ValueTask<int> ReceiveAsync(CancellationToken cancellation)
    {
        var length = await _socket.ReceiveAsync(_received.AsMemory(), SocketFlags.None, cancellation);
        if (length == 0)
            throw new IOException("the server closed the connection");
        var count = _acks.Read(_received.AsSpan(0, length), _ids);
        var now = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            if (_ids[i] != Id(_acked))
                throw new IOException($"PUBACK {_ids[i]} came where {Id(_acked)} was due");
            _latency.Record(Stopwatch.GetElapsedTime(_sentAt[_acked % _sentAt.Length], now));
            Volatile.Write(ref _acked, _acked + 1);
        }

        return count;
    }
}
