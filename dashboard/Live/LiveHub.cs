using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using CivicSignals.Ledger;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CivicSignals.Dashboard.Live;

/// <summary>
/// This silo's one tail of the ledger, and everyone who listens to it. A push on <see cref="LedgerHead"/> wakes it at once; it looks
/// every second anyhow, so a lost push costs a second and never an entry. Order and completeness come from the ledger's sequence.
/// </summary>
public sealed class LiveHub(ILedgerReader ledger, TimeProvider time, IOptions<LiveOptions> options, ILogger<LiveHub> logger) : BackgroundService, ILedgerTail
{
    private const int Page = 1000;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>Between looks: when all silos of a cluster write, one look stands for many pushes; after a quiet while a push is looked after at once.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan HeartbeatEvery = TimeSpan.FromSeconds(15);

    private readonly Lock _gate = new();
    private readonly LiveRing _ring = new(options.Value.Recent);
    private readonly HashSet<LiveClient> _clients = [];
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // One place: wake-ups that come while the hub reads are one wake-up.
    private readonly Channel<bool> _wakes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private long _position;
    private bool _failing;
    private bool _ended;

    /// <summary>Sequence number up to which everything has been sent to the listeners.</summary>
    public long Position
    {
        get
        {
            lock (_gate)
                return _position;
        }
    }

    /// <summary>Has the hub look at the ledger now. Cheap, never blocks.</summary>
    public void Wake() => _wakes.Writer.TryWrite(true);

    /// <summary>Gives a frame that is no ledger entry to those who listen to this silo now.</summary>
    public void Tell(LiveFrame frame) => Send([frame], null);

    /// <summary>A new listener. It joins when its frames are first asked for; the caller disposes it.</summary>
    /// <param name="filter">What it may see.</param>
    /// <param name="seen">Sequence number after which it wants everything; 0: from the oldest kept; null: only what comes.</param>
    public LiveClient Open(LiveFilter filter, long? seen) => new(this, ledger, filter, seen, options.Value.Waiting);

    /// <summary>Completes when the hub knows where the ledger stands.</summary>
    internal Task ReadyAsync(CancellationToken cancellation) => _ready.Task.WaitAsync(cancellation);

    internal bool TryJoin(LiveClient client, [NotNullWhen(true)] out List<LiveFrame>? recent)
    {
        lock (_gate)
        {
            if (!client.TryBegin(_ring, _position, out recent))
                return false;
            if (_ended)
                client.End();
            else
                _clients.Add(client);
            return recent is not null;
        }
    }

    internal void Leave(LiveClient client)
    {
        lock (_gate)
            _clients.Remove(client);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Wake();
        await using var look = time.CreateTimer(_ => Wake(), null, LookEvery, LookEvery);
        await using var heartbeat = time.CreateTimer(_ => Send([LiveFrame.Heartbeat], null), null, HeartbeatEvery, HeartbeatEvery);
        try
        {
            while (await _wakes.Reader.WaitToReadAsync(stoppingToken))
            {
                _wakes.Reader.TryRead(out _);
                await LookAsync(stoppingToken);
                await Task.Delay(Pause, stoppingToken);
            }
        }
        finally
        {
            EndAll();
        }
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        try
        {
            if (!_ready.Task.IsCompleted)
                await BeginAsync(cancellation);
            await CatchUpAsync(cancellation);
            _ready.TrySetResult();
            if (_failing)
                logger.TailRecovered();
            _failing = false;
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            // The next look, a second away, starts where this one stopped: only the first failure of an outage is news.
            if (!_failing)
                logger.TailFailed(e);
            _failing = true;
        }
    }

    private async Task BeginAsync(CancellationToken cancellation)
    {
        // A little before the head: after a restart everyone resumes at once, and most of what they missed is then in memory.
        var start = Math.Max(0, await ledger.HeadAsync(cancellation) - options.Value.Recent);
        lock (_gate)
        {
            _ring.BeginAfter(start);
            _position = start;
        }
    }

    private async Task CatchUpAsync(CancellationToken cancellation)
    {
        int read;
        do
        {
            var position = Position;
            var head = await ledger.HeadAsync(cancellation);
            if (head <= position)
                return;
            var entries = await ledger.ReadAsync(position, TailScope.ControlRoom, Page, cancellation);
            read = entries.Count;
            var last = read > 0 ? entries[^1].Seq : 0;
            Send([.. entries.Select(LiveFrame.Of)], read == Page ? last : Math.Max(head, last));
        }
        while (read == Page);
    }

    /// <summary>Gives frames to all; those that cannot take them are dropped.</summary>
    private void Send(IReadOnlyList<LiveFrame> frames, long? position)
    {
        var slow = new HashSet<LiveClient>();
        lock (_gate)
        {
            foreach (var frame in frames)
            {
                if (frame.Seq != 0)
                    _ring.Add(frame);
                foreach (var client in _clients)
                {
                    if (!slow.Contains(client) && !client.Offer(frame))
                        slow.Add(client);
                }
            }

            _clients.ExceptWith(slow);
            _position = position ?? _position;
        }

        foreach (var client in slow)
            client.Drop();
        if (slow.Count > 0)
            logger.SlowClientsDropped(slow.Count);
    }

    private void EndAll()
    {
        lock (_gate)
        {
            _ended = true;
            foreach (var client in _clients)
                client.End();
            _clients.Clear();
        }
    }
}
