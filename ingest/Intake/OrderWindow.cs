using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Ingest.Intake;

/// <summary>
/// Puts messages that several machines took from a broker back into the order in which they were received: each waits for one whole turn, and with it goes all
/// that was received before it, however late it came. A description of devices comes before what was received just before it: a gateway sends it and what its
/// devices say within a moment, and the clocks of two machines do not tell which was first. Not thread-safe.
/// </summary>
/// <param name="isDescription">Whether a topic's messages describe devices.</param>
internal sealed class OrderWindow(Func<string, bool> isDescription)
{
    /// <summary>By how much a description may overtake: more than two machines' receipts of one moment differ by, less than it takes to remove a device that has just sounded.</summary>
    private static readonly TimeSpan HeadStart = TimeSpan.FromMilliseconds(20);

    private List<HeldMessage> _older = [];
    private List<HeldMessage> _newer = [];

    /// <summary>Whether nothing waits.</summary>
    public bool IsEmpty => _older.Count == 0 && _newer.Count == 0;

    /// <summary>Lets the messages of a batch wait.</summary>
    public HeldBatch Add(in IntakeBatch batch)
    {
        var held = new HeldBatch(batch.Messages.Length);
        for (var i = 0; i < batch.Messages.Length; i++)
            _newer.Add(new(batch.Share, batch.Messages[i], Moment(batch.Messages[i]), held, i));
        return held;
    }

    /// <summary>Ends a turn.</summary>
    /// <returns>What has waited for a whole one, in order of receipt; messages of the same moment in the order in which they came here.</returns>
    public IReadOnlyList<HeldMessage> Turn()
    {
        var due = _older;
        (_older, _newer) = (_newer, []);
        if (due.Count == 0)
            return due;
        var last = due.Max(held => held.Moment);
        due.AddRange(_older.Where(held => held.Moment < last));
        _older.RemoveAll(held => held.Moment < last);
        return [.. due.OrderBy(held => held.Moment)];
    }

    private DateTimeOffset Moment(in InboundMessage message) =>
        message.ReceivedAt > DateTimeOffset.MinValue && isDescription(message.Topic) ? message.ReceivedAt - HeadStart : message.ReceivedAt;
}

/// <summary>A message that waits for its turn.</summary>
/// <param name="Share">Its share, 0..63.</param>
/// <param name="Message">What.</param>
/// <param name="Moment">Its place in the order.</param>
/// <param name="Batch">The batch that it came in.</param>
/// <param name="Index">Its place in that batch.</param>
internal readonly record struct HeldMessage(int Share, InboundMessage Message, DateTimeOffset Moment, HeldBatch Batch, int Index);
