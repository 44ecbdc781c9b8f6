namespace CivicSignals.Silo.Replay;

/// <summary>The recording's clock. Only the time of day is the recording's; timers and durations stay real, for the silo lives by them.</summary>
internal sealed class VirtualClock(DateTimeOffset start) : TimeProvider
{
    private long _ticks = start.UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref _ticks), TimeSpan.Zero);

    /// <summary>Moves on to a moment; one that has passed already changes nothing. For one caller at a time.</summary>
    public void MoveTo(DateTimeOffset at) => Volatile.Write(ref _ticks, Math.Max(_ticks, at.UtcTicks));
}
