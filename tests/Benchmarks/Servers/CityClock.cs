using System.Diagnostics;

namespace CivicSignals.Benchmarks.Servers;

/// <summary>
/// A clock that runs so many times as fast, so that a city's days pass in minutes. Dates and waits of a minute or more are compressed; shorter waits
/// are time-outs and pauses between attempts, which belong to the machine, and stay.
/// </summary>
/// <param name="speed">Its seconds in one second, 1 or more.</param>
internal sealed class CityClock(double speed) : TimeProvider
{
    private static readonly TimeSpan Machine = TimeSpan.FromMinutes(1);
    private readonly DateTimeOffset _start = System.GetUtcNow();
    private readonly long _since = Stopwatch.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => _start + (Stopwatch.GetElapsedTime(_since) * speed);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Timer(this, base.CreateTimer(callback, state, Compress(dueTime), Compress(period)));

    private TimeSpan Compress(TimeSpan wait) => wait < Machine ? wait : wait / speed;

    private sealed class Timer(CityClock clock, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(clock.Compress(dueTime), clock.Compress(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
