using CivicSignals.Homes;

namespace CivicSignals.Ingest.Registration;

/// <summary>Counts what is heard of one gateway. Thread-safe; counting does not allocate.</summary>
internal sealed class HearingMeter(DateTimeOffset? before = null)
{
    private const int MostDialects = 8;

    private string[] _dialects = [];
    private long _messages;
    private long _lastTicks = before?.UtcTicks ?? 0;

    /// <summary>When it was heard last, UTC, earlier starts included; null: never.</summary>
    public DateTimeOffset? LastAt => Volatile.Read(ref _lastTicks) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    public void Count(DateTimeOffset at)
    {
        Interlocked.Increment(ref _messages);
        Volatile.Write(ref _lastTicks, at.UtcTicks);
    }

    /// <summary>Notes a dialect that is spoken.</summary>
    public void Speaks(string dialect)
    {
        for (var known = Volatile.Read(ref _dialects); Array.IndexOf(known, dialect) < 0 && known.Length < MostDialects; known = Volatile.Read(ref _dialects))
            Interlocked.CompareExchange(ref _dialects, [.. known.Append(dialect).Order(StringComparer.Ordinal)], known);
    }

    public Hearing Read() => new(Volatile.Read(ref _messages), LastAt, Volatile.Read(ref _dialects));
}
