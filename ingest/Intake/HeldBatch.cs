using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Ingest.Intake;

/// <summary>What became of the messages of one batch, which need not be read together. Not thread-safe.</summary>
/// <param name="count">How many, at least one.</param>
internal sealed class HeldBatch(int count)
{
    private readonly MessageOutcome[] _outcomes = new MessageOutcome[count];
    private readonly TaskCompletionSource<MessageOutcome[]?> _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _left = count;
    private bool _isRefused;

    /// <summary>The outcomes, once there is one for each; null: something was not taken, and all of it is to come again.</summary>
    public Task<MessageOutcome[]?> Settled => _settled.Task;

    /// <summary>Says what became of a message, once for each.</summary>
    public void Settle(int index, in MessageOutcome outcome)
    {
        _outcomes[index] = outcome;
        Count();
    }

    /// <summary>Says that a message was not taken.</summary>
    public void Refuse()
    {
        _isRefused = true;
        Count();
    }

    private void Count()
    {
        if (--_left == 0)
            _settled.SetResult(_isRefused ? null : _outcomes);
    }
}
