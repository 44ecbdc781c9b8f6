using System.Diagnostics.Metrics;
using System.Reflection;
using System.Threading.Channels;
using CivicSignals.Duties;
using CivicSignals.Areas;
using CivicSignals.Ledger;
using CivicSignals.Silo.Hosting;
using CivicSignals.Silo.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CivicSignals.Tests.Silo.Hosting;

public sealed class AreaClockTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Clock_DueAreas_AreEachTickedThoughOneFails()
    {
        var grains = Grains.Make(area => area == "bad" ? Task.FromException(new InvalidOperationException("broken")) : Task.CompletedTask);
        using var clock = Clock(new DueLedger("good", "bad", "fine"), grains);
        await clock.StartAsync(CancellationToken.None);

        var ticked = new HashSet<string> { await NextAsync(grains), await NextAsync(grains), await NextAsync(grains) };

        Assert.Equal(["bad", "fine", "good"], ticked.Order());
        await clock.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Clock_LedgerUnavailable_AsksAgain()
    {
        var grains = Grains.Make(_ => Task.CompletedTask);
        using var clock = Clock(new DueLedger("late") { Failures = 1 }, grains);
        await clock.StartAsync(CancellationToken.None);

        Assert.Equal("late", await NextAsync(grains));
        await clock.StopAsync(CancellationToken.None);
    }

    private AreaClock Clock(ILedger ledger, IGrainFactory grains)
    {
        var meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        return new AreaClock(ledger, grains, new SoleMachine(), _time, new WorkMetrics(meters), NullLogger<AreaClock>.Instance);
    }

    /// <summary>Moves the clock on until an area is ticked.</summary>
    private async Task<string> NextAsync(IGrainFactory grains)
    {
        var ticks = ((Grains)(object)grains).Ticks.Reader;
        using var patience = new CancellationTokenSource(Patience);
        string? area;
        while (!ticks.TryRead(out area))
        {
            patience.Token.ThrowIfCancellationRequested();
            _time.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }

        return area;
    }

    private sealed class DueLedger(params string[] due) : ILedger
    {
        public int Failures { get; set; }

        public Task<IReadOnlyList<string>> DueAreasAsync(DateTimeOffset now, int limit, CancellationToken cancellation) =>
            Failures-- > 0 ? throw new LedgerUnavailableException("test") : Task.FromResult<IReadOnlyList<string>>(due);

        public Task<AreaSnapshot?> LoadAsync(string area, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<CommitResult> CommitAsync(AreaCommit commit) => throw new NotSupportedException();
    }

    /// <summary>A grain factory that only knows areas.</summary>
    public class Grains : DispatchProxy
    {
        private Func<string, Task> _tick = _ => Task.CompletedTask;

        public Channel<string> Ticks { get; } = Channel.CreateUnbounded<string>();

        public static IGrainFactory Make(Func<string, Task> tick)
        {
            var factory = Create<IGrainFactory, Grains>();
            ((Grains)(object)factory)._tick = tick;
            return factory;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            var area = Create<IAreaGrain, Area>();
            ((Area)(object)area).Tick = () =>
            {
                var name = (string)args![0]!;
                Ticks.Writer.TryWrite(name);
                return _tick(name);
            };
            return area;
        }
    }

    /// <summary>An area that can only be ticked.</summary>
    public class Area : DispatchProxy
    {
        public Func<Task>? Tick { get; set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod!.Name == nameof(IAreaGrain.TickAsync) ? Tick!() : throw new NotSupportedException(targetMethod.Name);
    }
}
