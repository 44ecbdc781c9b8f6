using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CivicSignals.Duties;
using CivicSignals.Ingest;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Ingest.Posts;
using CivicSignals.Signals;
using CivicSignals.Tests.Integration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CivicSignals.Tests.Ingest.Posts;

/// <summary>A stream on a bench: the real connection and sink, and an intake that remembers what it was given.</summary>
internal sealed class StreamBench : IAsyncDisposable
{
    private readonly IngestBench _bench = new();
    private readonly ServiceProvider _metrics = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private PostStream? _stream;

    public CursorsInMemory Cursors { get; } = new();

    /// <summary>What reached the intake as new and was settled, in order.</summary>
    public ConcurrentQueue<PostReading> Taken { get; } = new();

    /// <summary>How the intake settles what it is given.</summary>
    public Func<PostReading, MessageStatus> Settles { get; set; } = _ => MessageStatus.Accepted;

    public long Repeated => _bench.Account.Read().Repeated;

    public IEnumerable<string> Posted => Taken.Where(reading => reading.Event is { Change: PostChange.Posted }).Select(reading => reading.Event!.Text);

    public IEnumerable<string?> Rejections => Taken.Select(reading => reading.Reason).Where(reason => reason is not null);

    /// <summary>Begins to read, as at a start of the platform.</summary>
    public Task StartAsync(IPostSource source)
    {
        var metrics = new IngestMetrics(_metrics.GetRequiredService<IMeterFactory>());
        var sink = new PostSink(source.Stream, source.Network, Accept, _ => Task.CompletedTask, _bench.Pipeline, Cursors, TimeProvider.System, metrics);
        var backoff = new Backoff(new Random(20260110), TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(20));
        _stream = new PostStream(source, sink, backoff, new SoleMachine(), TimeProvider.System, metrics, NullLogger<PostStream>.Instance);
        return _stream.StartAsync(CancellationToken.None);
    }

    public async Task StopAsync()
    {
        await _stream!.StopAsync(CancellationToken.None).WaitAsync(Patience.Answer);
        _stream.Dispose();
        _stream = null;
    }

    public Task UntilAsync(Func<StreamBench, bool> isSo, string what) => Patience.Until(() => Task.FromResult(isSo(this)), what);

    public async ValueTask DisposeAsync()
    {
        if (_stream is not null)
            await StopAsync();
        await _bench.DisposeAsync();
        await _metrics.DisposeAsync();
    }

    private ValueTask<MessageOutcome> Accept(string via, in PostReading reading, int bytes, DateTimeOffset receivedAt)
    {
        var status = Settles(reading);
        if (status == MessageStatus.Failed)
            return new(MessageOutcome.Failed(Reasons.AreaUnavailable));
        Taken.Enqueue(reading);
        return new(MessageOutcome.Of(SignalOutcome.Ambient));
    }
}
