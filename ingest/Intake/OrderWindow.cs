using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Ingest.Intake;

/// <summary>
/// Puts messages that several machines took from a broker back into the order in which they were received: each waits for one whole turn, and with it goes all
/// that was received before it, however late it came. Not thread-safe.
/// </summary>
internal sealed class OrderWindow
{
    private List<HeldMessage> _older = [];
    private List<HeldMessage> _newer = [];

    /// <summary>Whether nothing waits.</summary>
    public bool IsEmpty => _older.Count == 0 && _newer.Count == 0;

    /// <summary>Lets the messages of a batch wait.</summary>
    public HeldBatch Add(in IntakeBatch batch)
    {
        var held = new HeldBatch(batch.Messages.Length);
        for (var i = 0; i < batch.Messages.Length; i++)
            _newer.Add(new(batch.Share, batch.Messages[i], held, i));
        return held;
    }

    /// <summary>Ends a turn.</summary>
    /// <returns>What has waited for a whole one, in order of receipt; messages received at the same moment in the order in which they came here.</returns>
    public IReadOnlyList<HeldMessage> Turn()
    {
        var due = _older;
        (_older, _newer) = (_newer, []);
        if (due.Count == 0)
            return due;
        var last = due.Max(held => held.Message.ReceivedAt);
        due.AddRange(_older.Where(held => held.Message.ReceivedAt < last));
        _older.RemoveAll(held => held.Message.ReceivedAt < last);
        return [.. due.OrderBy(held => held.Message.ReceivedAt)];
    }
}

/// <summary>A message that waits for its turn.</summary>
/// <param name="Share">Its share, 0..63.</param>
/// <param name="Message">What.</param>
/// <param name="Batch">The batch that it came in.</param>
/// <param name="Index">Its place in that batch.</param>
internal readonly record struct HeldMessage(int Share, InboundMessage Message, HeldBatch Batch, int Index);
