namespace CivicSignals.Silo.Demo;

/// <summary>What is to happen in the town, and when. For one caller at a time.</summary>
public sealed class Agenda(TimeProvider time)
{
    private readonly PriorityQueue<Func<CancellationToken, Task>, (DateTimeOffset Due, long Order)> _entries = new();
    private long _order;

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Puts something on the agenda; entries of one moment happen in the order in which they were put.</summary>
    public void In(TimeSpan delay, Func<CancellationToken, Task> what) => _entries.Enqueue(what, (Now + delay, _order++));

    /// <summary>Takes the next entry that is due by now.</summary>
    public bool TryTakeDue(out Func<CancellationToken, Task> what)
    {
        if (_entries.TryPeek(out what!, out var when) && when.Due <= Now)
        {
            _entries.Dequeue();
            return true;
        }

        return false;
    }
}
