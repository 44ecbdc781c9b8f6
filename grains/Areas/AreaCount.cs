using System.Diagnostics.Metrics;
using CivicSignals.Accounting;

namespace CivicSignals.Areas;

/// <summary>How many areas this silo holds in memory.</summary>
public sealed class AreaCount
{
    private int _held;

    public AreaCount(IMeterFactory meters) =>
        meters.Create(MessageAccount.MeterName).CreateObservableGauge("civicsignals.areas", () => Held, "{area}", "Areas held in memory");

    public int Held => Volatile.Read(ref _held);

    internal void Came() => Interlocked.Increment(ref _held);

    internal void Went() => Interlocked.Decrement(ref _held);
}
