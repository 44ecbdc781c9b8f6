namespace CivicSignals.Accounting;

/// <summary>The last rejected messages with their reasons, for the operations page, without their payloads.</summary>
public sealed class DeadLetters
{
    /// <summary>How many are kept.</summary>
    public const int Capacity = 1000;

    private readonly Lock _gate = new();
    private readonly Queue<DeadLetter> _letters = new(Capacity);

    /// <summary>Keeps one; the oldest goes when there are <see cref="Capacity"/>.</summary>
    public void Add(DeadLetter letter)
    {
        lock (_gate)
        {
            if (_letters.Count == Capacity)
                _letters.Dequeue();
            _letters.Enqueue(letter);
        }
    }

    /// <summary>Drops the one of that <see cref="DeadLetter.Again"/>: it has been sent again.</summary>
    public void Drop(string again)
    {
        lock (_gate)
        {
            for (var i = _letters.Count; i > 0; i--)
            {
                var letter = _letters.Dequeue();
                if (letter.Again != again)
                    _letters.Enqueue(letter);
            }
        }
    }

    /// <summary>Those kept, newest first.</summary>
    public IReadOnlyList<DeadLetter> Newest(int limit)
    {
        lock (_gate)
            return [.. _letters.Reverse().Take(limit)];
    }
}

/// <summary>One rejected message.</summary>
/// <param name="At">Receipt time, UTC.</param>
/// <param name="Via">Where it came from: <c>mqtt</c>, <c>report</c>, ….</param>
/// <param name="Topic">Its topic, cut to 200 characters, control characters replaced.</param>
/// <param name="Bytes">Payload size.</param>
/// <param name="Reason">Why, for the account: one of a small fixed set.</param>
/// <param name="Detail">What exactly, without data of the message; may be empty.</param>
/// <param name="Again">By what it can be sent again: the silo that holds it, a slash, its number there; null: it is not held.</param>
[GenerateSerializer, Immutable, Alias("dead-letter")]
public sealed record DeadLetter(
    [property: Id(0)] DateTimeOffset At,
    [property: Id(1)] string Via,
    [property: Id(2)] string Topic,
    [property: Id(3)] int Bytes,
    [property: Id(4)] string Reason,
    [property: Id(5)] string Detail,
    [property: Id(6)] string? Again = null);
