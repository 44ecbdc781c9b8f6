using System.Collections.Concurrent;
using System.Reflection;
using CivicSignals.Areas;
using CivicSignals.Homes;
using CivicSignals.Incidents;
using CivicSignals.Signals;
using Orleans.Concurrency;

namespace CivicSignals.Tests.Ingest;

/// <summary>Areas that do what a test says and remember what they were offered.</summary>
public sealed class FakeAreas
{
    private readonly ConcurrentDictionary<string, FakeArea> _areas = new();

    public FakeAreas()
    {
        Answer = (_, signals, _) => Task.FromResult(new OfferReceipt([.. signals.Select(_ => SignalOutcome.Evidence)], null));
        var proxy = DispatchProxy.Create<IGrainFactory, FakeGrains>();
        ((FakeGrains)(object)proxy).Areas = this;
        Grains = proxy;
    }

    public IGrainFactory Grains { get; }

    /// <summary>What an area answers, by its quadkey.</summary>
    public Func<string, Signal[], bool, Task<OfferReceipt>> Answer { get; set; }

    public ConcurrentQueue<(string Area, Signal[] Signals, bool Final)> Offers { get; } = new();

    public ConcurrentQueue<(string Area, HomeRevision Home)> Revisions { get; } = new();

    public IEnumerable<Signal> Signals => Offers.SelectMany(offer => offer.Signals);

    public FakeArea this[string key] => _areas.GetOrAdd(key, name => new FakeArea(name, this));
}

public sealed class FakeArea(string key, FakeAreas areas) : IAreaGrain
{
    private int _busy;

    public Task<OfferReceipt> OfferAsync(Immutable<Signal[]> signals, bool final, CancellationToken cancellation)
    {
        areas.Offers.Enqueue((key, signals.Value, final));
        return CheckedAsync(signals.Value, final);
    }

    public Task<ActionResult> ActAsync(OperatorAction action, CancellationToken cancellation) => throw new NotSupportedException();

    public Task ReviseAsync(HomeRevision home, CancellationToken cancellation)
    {
        areas.Revisions.Enqueue((key, home));
        return Task.CompletedTask;
    }

    public Task TickAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public Task<bool[]> FollowsAsync(Immutable<Signal[]> signals, CancellationToken cancellation) => throw new NotSupportedException();

    private async Task<OfferReceipt> CheckedAsync(Signal[] signals, bool final)
    {
        Assert.Equal(1, Interlocked.Increment(ref _busy));
        try
        {
            return await areas.Answer(key, signals, final);
        }
        finally
        {
            Interlocked.Decrement(ref _busy);
        }
    }
}

public class FakeGrains : DispatchProxy
{
    public FakeAreas Areas { get; set; } = null!;

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.Name == nameof(IGrainFactory.GetGrain) && args?[0] is string key ? Areas[key] : throw new NotSupportedException(targetMethod.Name);
}
