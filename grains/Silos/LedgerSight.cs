namespace CivicSignals.Silos;

/// <summary>When this silo reached the ledger. Thread-safe.</summary>
public sealed class LedgerSight(TimeProvider time)
{
    /// <summary>Longer than between two looks at it, and short enough to be news.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);

    private readonly Lock _gate = new();
    private long _first = time.GetTimestamp();
    private long _last = time.GetTimestamp();

    /// <summary>For how long it has not been reached; at most since the start.</summary>
    public TimeSpan Away
    {
        get
        {
            lock (_gate)
                return time.GetElapsedTime(_last);
        }
    }

    /// <summary>For how long it has been reached without a break; zero: it was not just now.</summary>
    public TimeSpan Lasting
    {
        get
        {
            lock (_gate)
                return time.GetElapsedTime(_last) < Fresh ? time.GetElapsedTime(_first) : TimeSpan.Zero;
        }
    }

    /// <summary>It was reached now.</summary>
    public void Reach()
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            if (time.GetElapsedTime(_last, now) >= Fresh)
                _first = now;
            _last = now;
        }
    }
}
