namespace CivicSignals.Dashboard.Deliveries;

/// <summary>
/// How often a network may be asked: one token bucket for each bound that it documents, and the moment until which it has told us to wait. A bucket
/// holds half of its bound and fills by the other half in the bound's period, so that no period of that length ever sees
/// more than the bound. Used by one caller at a time.
/// </summary>
internal sealed class Allowance
{
    private static readonly TimeSpan LongestHold = TimeSpan.FromHours(24);
    private readonly TimeProvider _time;
    private readonly Bucket[] _buckets;
    private DateTimeOffset _heldUntil;

    /// <param name="time">Its clock.</param>
    /// <param name="bounds">Units in a period.</param>
    public Allowance(TimeProvider time, params ReadOnlySpan<(double Units, TimeSpan Period)> bounds)
    {
        _time = time;
        _buckets = new Bucket[bounds.Length];
        for (var i = 0; i < bounds.Length; i++)
            _buckets[i] = new Bucket(bounds[i].Units / 2, bounds[i].Units / 2 / bounds[i].Period.TotalSeconds, time.GetTimestamp());
    }

    /// <summary>How long until units of each bound may be spent; zero: now.</summary>
    public TimeSpan WaitFor(params ReadOnlySpan<double> units)
    {
        var wait = _heldUntil - _time.GetUtcNow();
        for (var i = 0; i < units.Length; i++)
        {
            var missing = TimeSpan.FromSeconds(Math.Max(0, units[i] - Fill(i)) / _buckets[i].PerSecond);
            wait = missing > wait ? missing : wait;
        }

        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    /// <summary>Spends units of each bound. May be more than there are: then they are owed.</summary>
    public void Spend(params ReadOnlySpan<double> units)
    {
        for (var i = 0; i < units.Length; i++)
            _buckets[i].Level = Fill(i) - units[i];
    }

    /// <summary>The network says to wait: at most a day is believed.</summary>
    public void Hold(TimeSpan wait)
    {
        var until = _time.GetUtcNow() + (wait < LongestHold ? wait : LongestHold);
        _heldUntil = until > _heldUntil ? until : _heldUntil;
    }

    private double Fill(int i)
    {
        ref var bucket = ref _buckets[i];
        var now = _time.GetTimestamp();
        bucket.Level = Math.Min(bucket.Capacity, bucket.Level + (_time.GetElapsedTime(bucket.At, now).TotalSeconds * bucket.PerSecond));
        bucket.At = now;
        return bucket.Level;
    }

    private struct Bucket(double capacity, double perSecond, long at)
    {
        public readonly double Capacity = capacity;
        public readonly double PerSecond = perSecond;
        public double Level = capacity;
        public long At = at;
    }
}
