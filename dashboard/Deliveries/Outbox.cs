using CivicSignals.Alerts;

namespace CivicSignals.Dashboard.Deliveries;

/// <summary>What one account has not been told yet: of each alert the newest version only. Used by one caller at a time.</summary>
internal sealed class Outbox(long position)
{
    /// <summary>More than this waits in the ledger, not in memory.</summary>
    public const int Most = 10_000;

    /// <summary>After so many failures in a row an alert no longer goes before others that might succeed.</summary>
    private const int FailuresUntilLast = 3;

    private readonly Dictionary<string, Waiting> _waiting = [];

    public int Count => _waiting.Count;

    public bool IsFull => _waiting.Count >= Most;

    /// <summary>Sequence number up to which the ledger has been read.</summary>
    public long Read { get; private set; } = position;

    /// <summary>Sequence number up to which everything is settled.</summary>
    public long Settled => _waiting.Count == 0 ? Read : _waiting.Values.Min(waiting => waiting.FirstSeq) - 1;

    /// <summary>When the version was sent that has waited longest; null when nothing waits.</summary>
    public DateTimeOffset? OldestAt => _waiting.Count == 0 ? null : _waiting.Values.Min(waiting => waiting.FirstAt);

    /// <summary>What to send next: ends before all else, then the longest waiting.</summary>
    public Alert? Next => _waiting.Values
        .MinBy(waiting => (waiting.Failures >= FailuresUntilLast, waiting.Alert.Ended is null && waiting.Alert.MsgType != MsgType.Cancel, waiting.FirstSeq))?.Alert;

    /// <summary>A version from the ledger; it takes the place of an earlier one of its alert.</summary>
    public void Add(long seq, Alert alert)
    {
        if (_waiting.TryGetValue(alert.Id, out var waiting))
            waiting.Alert = alert;
        else
            _waiting[alert.Id] = new Waiting { FirstSeq = seq, FirstAt = alert.At, Alert = alert };
    }

    /// <summary>All entries up to here have been added.</summary>
    public void ReadUpTo(long seq) => Read = Math.Max(Read, seq);

    /// <summary>Sending it failed; it waits on.</summary>
    public void Fail(string alert) => _waiting[alert].Failures++;

    /// <summary>It is settled.</summary>
    public void Remove(string alert) => _waiting.Remove(alert);

    private sealed class Waiting
    {
        public required long FirstSeq { get; init; }

        public required DateTimeOffset FirstAt { get; init; }

        public required Alert Alert { get; set; }

        public int Failures { get; set; }
    }
}
