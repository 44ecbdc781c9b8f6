using System.Collections.Concurrent;
using System.Reflection;
using CivicSignals.Ingest.Intake;
using CivicSignals.Ingest.Pipeline;
using Orleans.Concurrency;

namespace CivicSignals.Tests.Ingest.Intake;

/// <summary>Shares that reject every message, with its topic as the reason, and remember it.</summary>
internal sealed class FakeShares
{
    private readonly ConcurrentQueue<InboundMessage[]> _calls = new();

    public FakeShares()
    {
        Factory = DispatchProxy.Create<IGrainFactory, ShareFactory>();
        ((ShareFactory)(object)Factory).Make = number => new FakeShare((int)number, this);
    }

    public IGrainFactory Factory { get; }

    /// <summary>A share that throws; null: none does.</summary>
    public int? Failing { get; set; }

    /// <summary>Topics, in the order in which they were read.</summary>
    public IEnumerable<string> Read => _calls.SelectMany(call => call).Select(message => message.Topic);

    /// <summary>Messages in each call.</summary>
    public IEnumerable<int> Calls => _calls.Select(call => call.Length);

    private sealed class FakeShare(int number, FakeShares shares) : IIntakeGrain
    {
        public Task<MessageOutcome[]> TakeAsync(Immutable<InboundMessage[]> messages, CancellationToken cancellation)
        {
            if (shares.Failing == number)
                throw new InvalidOperationException("it fails");
            shares._calls.Enqueue(messages.Value);
            return Task.FromResult(Array.ConvertAll(messages.Value, message => MessageOutcome.Rejected(message.Topic)));
        }

        public Task WatchAsync(CancellationToken cancellation) => Task.CompletedTask;
    }
}

public class ShareFactory : DispatchProxy
{
    public Func<long, object> Make { get; set; } = null!;

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.Name == nameof(IGrainFactory.GetGrain) && args?[0] is long number ? Make(number) : throw new NotSupportedException(targetMethod.Name);
}
