using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CivicSignals.Signals;

namespace CivicSignals.Accounting;

/// <summary>
/// Where every received message went: received = evidence + ambient + repeated + rejected(reason) + failed(reason) + in flight.
/// One per silo. All members are thread-safe and do not allocate for known reasons.
/// </summary>
public sealed class MessageAccount
{
    /// <summary>Name of the meter that publishes the account.</summary>
    public const string MeterName = "CivicSignals";

    private readonly ConcurrentDictionary<string, StrongCounter> _rejected = new();
    private readonly ConcurrentDictionary<string, StrongCounter> _failed = new();
    private long _received;
    private long _evidence;
    private long _ambient;
    private long _repeated;

    public MessageAccount(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        meter.CreateObservableCounter("civicsignals.messages.received", () => Volatile.Read(ref _received), "{message}", "Messages received");
        meter.CreateObservableCounter("civicsignals.messages.settled", Settled, "{message}", "Messages settled, by outcome and reason");
        meter.CreateObservableGauge("civicsignals.messages.in_flight", () => Read().InFlight, "{message}", "Messages received and not settled yet");
    }

    /// <summary>Publishes these reasons of failures from now on, at zero: a rule that looks at changes would miss the first, which came with the series.</summary>
    public void Expect(params ReadOnlySpan<string> failures)
    {
        foreach (var reason in failures)
            _failed.TryAdd(reason, new StrongCounter());
    }

    /// <summary>Counts one message in.</summary>
    public void Receive() => Interlocked.Increment(ref _received);

    /// <summary>Settles one message as what its signals became.</summary>
    public void Settle(SignalOutcome outcome)
    {
        switch (outcome)
        {
            case SignalOutcome.Evidence: Interlocked.Increment(ref _evidence); break;
            case SignalOutcome.Repeated: Interlocked.Increment(ref _repeated); break;
            default: Interlocked.Increment(ref _ambient); break;
        }
    }

    /// <summary>Settles one message as refused for good. <paramref name="reason"/> is one of a small fixed set, without data of the message.</summary>
    public void Reject(string reason) => Count(_rejected, reason);

    /// <summary>Settles one message as not handled now: it was not acknowledged and will come again. Reasons as for <see cref="Reject"/>.</summary>
    public void Fail(string reason) => Count(_failed, reason);

    /// <summary>The account now. Read last-to-first, so that the sum never exceeds what was received.</summary>
    public MessageTotals Read()
    {
        var evidence = Volatile.Read(ref _evidence);
        var ambient = Volatile.Read(ref _ambient);
        var repeated = Volatile.Read(ref _repeated);
        var rejected = Snapshot(_rejected);
        var failed = Snapshot(_failed);
        return new MessageTotals(Volatile.Read(ref _received), evidence, ambient, repeated, rejected, failed);
    }

    private IEnumerable<Measurement<long>> Settled()
    {
        var totals = Read();
        yield return Outcome(totals.Evidence, "evidence");
        yield return Outcome(totals.Ambient, "ambient");
        yield return Outcome(totals.Repeated, "repeated");
        foreach (var (reason, count) in totals.RejectedByReason)
            yield return new(count, new("outcome", "rejected"), new("reason", reason));
        foreach (var (reason, counter) in _failed)
            yield return new(Volatile.Read(ref counter.Value), new("outcome", "failed"), new("reason", reason));
    }

    private static Measurement<long> Outcome(long count, string outcome) => new(count, new KeyValuePair<string, object?>("outcome", outcome));

    private static void Count(ConcurrentDictionary<string, StrongCounter> counters, string reason) =>
        Interlocked.Increment(ref counters.GetOrAdd(reason, static _ => new StrongCounter()).Value);

    private static SortedDictionary<string, long> Snapshot(ConcurrentDictionary<string, StrongCounter> counters)
    {
        var snapshot = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (reason, counter) in counters)
        {
            if (Volatile.Read(ref counter.Value) is > 0 and var count)
                snapshot[reason] = count;
        }

        return snapshot;
    }

    private sealed class StrongCounter
    {
        public long Value;
    }
}

/// <summary>The message account at one moment.</summary>
[GenerateSerializer, Immutable, Alias("message-totals")]
public sealed record MessageTotals(
    [property: Id(0)] long Received,
    [property: Id(1)] long Evidence,
    [property: Id(2)] long Ambient,
    [property: Id(3)] long Repeated,
    [property: Id(4)] IReadOnlyDictionary<string, long> RejectedByReason,
    [property: Id(5)] IReadOnlyDictionary<string, long> FailedByReason)
{
    public long Rejected => RejectedByReason.Values.Sum();
    public long Failed => FailedByReason.Values.Sum();

    /// <summary>Received and not settled yet.</summary>
    public long InFlight => Received - Evidence - Ambient - Repeated - Rejected - Failed;
}
