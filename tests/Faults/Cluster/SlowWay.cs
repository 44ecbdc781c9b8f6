using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace CivicSignals.Faults.Cluster;

/// <summary>A way to a TCP server on which everything takes a while, in both directions.</summary>
internal sealed class SlowWay : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly int _target;
    private long _delayTicks;

    public SlowWay(int target)
    {
        _target = target;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Of each direction, for what is sent from now on.</summary>
    public TimeSpan Delay
    {
        get => new(Volatile.Read(ref _delayTicks));
        set => Volatile.Write(ref _delayTicks, value.Ticks);
    }

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = PassAsync(await _listener.AcceptTcpClientAsync(_end.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The way is closed.
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient { NoDelay = true })
        {
            try
            {
                client.NoDelay = true;
                await server.ConnectAsync(IPAddress.Loopback, _target, _end.Token);
                await Task.WhenAny(CopyAsync(client.GetStream(), server.GetStream()), CopyAsync(server.GetStream(), client.GetStream()));
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                // As a server that is gone: the client's connection goes too.
            }
        }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to)
    {
        var way = Channel.CreateUnbounded<(long Due, byte[] Bytes)>();
        var arriving = ArriveAsync(way.Reader, to);
        var buffer = new byte[16_384];
        try
        {
            while (await from.ReadAsync(buffer, _end.Token) is > 0 and var count)
                way.Writer.TryWrite((TimeProvider.System.GetTimestamp() + Delay.Ticks * TimeProvider.System.TimestampFrequency / TimeSpan.TicksPerSecond, buffer[..count]));
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // One side is gone: so goes the other.
        }

        way.Writer.Complete();
        await arriving;
    }

    private async Task ArriveAsync(ChannelReader<(long Due, byte[] Bytes)> way, NetworkStream to)
    {
        try
        {
            await foreach (var (due, bytes) in way.ReadAllAsync(_end.Token))
            {
                var wait = TimeProvider.System.GetElapsedTime(TimeProvider.System.GetTimestamp(), due);
                if (wait > TimeSpan.Zero)
                    await Task.Delay(wait, _end.Token);
                await to.WriteAsync(bytes, _end.Token);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // As above.
        }
    }
}
