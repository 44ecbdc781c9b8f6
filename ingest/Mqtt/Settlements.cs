using System.Collections.Concurrent;
using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Ingest.Mqtt;

/// <summary>
/// What one connection's publishes became or will become, in order: the server answers them in that order too. One per
/// network connection, so an answer that a kept session still owed to an earlier connection finds nothing here and is dropped.
/// </summary>
internal sealed class Settlements
{
    private readonly ConcurrentQueue<(ushort Packet, ValueTask<MessageOutcome> Outcome)> _owed = new();

    /// <summary>Whether the next answer owed can be given at once: the server has queued it, or is about to.</summary>
    public bool NextIsSettled => _owed.TryPeek(out var head) && head.Outcome.IsCompletedSuccessfully;

    public void Owe(ushort packet, ValueTask<MessageOutcome> outcome) => _owed.Enqueue((packet, outcome));

    /// <summary>The settlement that an acknowledgement stands for; false: it is not of this connection.</summary>
    public bool TryTake(ushort packet, out ValueTask<MessageOutcome> outcome)
    {
        if (_owed.TryPeek(out var head) && head.Packet == packet && _owed.TryDequeue(out head))
        {
            outcome = head.Outcome;
            return true;
        }

        outcome = default;
        return false;
    }
}
