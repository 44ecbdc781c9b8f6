using System.Net;
using System.Net.Sockets;

namespace CivicSignals.Tests.Silo.Storage.Postgres;

/// <summary>A way to a server that can fall silent: connections stand, and nothing comes through.</summary>
internal sealed class TcpRelay : IDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _end = new();
    private readonly int _target;
    private volatile TaskCompletionSource _speaks = new();

    /// <param name="target">Port of the server.</param>
    /// <param name="port">Where it listens; 0: anywhere.</param>
    public TcpRelay(int target, int port = 0)
    {
        _target = target;
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        _speaks.SetResult();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public bool Silent
    {
        set
        {
            if (value)
                _speaks = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            else
                _speaks.SetResult();
        }
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
                _ = RelayAsync(await _listener.AcceptTcpClientAsync(_end.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _target);
                await Task.WhenAny(CopyAsync(client.GetStream(), server.GetStream()), CopyAsync(server.GetStream(), client.GetStream()));
                await _speaks.Task.WaitAsync(_end.Token); // Nor does one side hear that the other has hung up.
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                // As a server that is gone: the client's connection goes too.
            }
        }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[8192];
        try
        {
            while (await from.ReadAsync(buffer, _end.Token) is > 0 and var count)
            {
                await _speaks.Task.WaitAsync(_end.Token);
                await to.WriteAsync(buffer.AsMemory(0, count), _end.Token);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // One side is gone: so goes the other.
        }
    }
}
