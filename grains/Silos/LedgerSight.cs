namespace CivicSignals.Silos;

/// <summary>When this silo last reached the ledger. Thread-safe.</summary>
public sealed class LedgerSight(TimeProvider time)
{
    /// <summary>Longer than between two looks at it, and short enough to be news.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);

    private long _last = time.GetTimestamp();

    /// <summary>For how long it has not been reached; at most since the start.</summary>
    public TimeSpan Away => time.GetElapsedTime(Interlocked.Read(ref _last));

    /// <summary>Whether it was reached just now.</summary>
    public bool IsReached => Away < Fresh;

    /// <summary>It was reached now.</summary>
    public void Reach() => Interlocked.Exchange(ref _last, time.GetTimestamp());
}
