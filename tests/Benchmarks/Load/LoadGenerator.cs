using System.Diagnostics;

namespace CivicSignals.Benchmarks.Load;

/// <summary>Many connections to one server. Opened once, used for several runs.</summary>
internal sealed class LoadGenerator : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly IReadOnlyList<LoadConnection> _connections;

    private LoadGenerator(IReadOnlyList<LoadConnection> connections) => _connections = connections;

    /// <summary>Opens all connections, each with its share of the workload.</summary>
    public static async Task<LoadGenerator> OpenAsync(int port, LoadShape shape, Workload workload)
    {
        using var patience = new CancellationTokenSource(Patience);
        var shares = workload.Split(shape.Connections);
        var connections = new List<LoadConnection>(shape.Connections);
        for (var i = 0; i < shape.Connections; i++)
        {
            var connection = new LoadConnection(shape.Window, shares[i].Next);
            await connection.ConnectAsync(port, $"load-{shape.Connections}-{i}", null, null, patience.Token);
            connections.Add(connection);
        }

        return new LoadGenerator(connections);
    }

    /// <summary>As much as the server takes.</summary>
    public async Task<LoadResult> SaturateAsync(TimeSpan length)
    {
        using var patience = new CancellationTokenSource(length + Patience);
        var start = Stopwatch.GetTimestamp();
        var until = start + (long)(length.TotalSeconds * Stopwatch.Frequency);
        var acked = await Task.WhenAll(_connections.Select(connection => Task.Run(() => connection.SaturateAsync(until, patience.Token))));
        return new LoadResult(acked.Sum(), length, TakeLatency());
    }

    /// <summary>A steady rate, spread over the connections, until cancelled. What the server does not take in time is not sent.</summary>
    /// <param name="rate">Messages a second.</param>
    /// <param name="stop">Ends the run.</param>
    public async Task<LoadResult> PaceAsync(double rate, CancellationToken stop)
    {
        using var ended = new CancellationTokenSource();
        var readers = _connections.Select(connection => Task.Run(() => connection.ReadAsync(ended.Token))).ToList();
        var before = _connections.Sum(connection => connection.Acked);
        var start = Stopwatch.GetTimestamp();
        long issued = 0;
        for (var turn = 0; !stop.IsCancellationRequested; turn++)
        {
            // One turn: each connection sends an equal part of what is due by now.
            var due = (long)(rate * Stopwatch.GetElapsedTime(start).TotalSeconds) - issued;
            for (var i = 0; i < _connections.Count && due > 0; i++)
            {
                var connection = _connections[(turn + i) % _connections.Count];
                var part = (int)Math.Min(connection.Free, (due + _connections.Count - i - 1) / (_connections.Count - i));
                await connection.SendAsync(part, ended.Token);
                (issued, due) = (issued + part, due - part);
            }

            await Task.Delay(1, CancellationToken.None);
        }

        var elapsed = Stopwatch.GetElapsedTime(start);
        var acked = _connections.Sum(connection => connection.Acked) - before;
        await ended.CancelAsync();
        foreach (var reader in readers)
            await EndedAsync(reader);
        return new LoadResult(acked, elapsed, TakeLatency());
    }

    public void Dispose()
    {
        foreach (var connection in _connections)
            connection.Dispose();
    }

    private static async Task EndedAsync(Task reader)
    {
        try
        {
            await reader;
        }
        catch (OperationCanceledException)
        {
            // That is how a reader ends; anything else is thrown.
        }
    }

    private LatencyHistogram TakeLatency()
    {
        var all = new LatencyHistogram();
        foreach (var connection in _connections)
            all.Merge(connection.TakeLatency());
        return all;
    }
}
