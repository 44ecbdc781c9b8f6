using CivicSignals.Signals;

namespace CivicSignals.Ingest.Pipeline;

/// <summary>One message whose signals are on their way to areas: it is settled when the last of them is.</summary>
internal sealed class PendingMessage(int signals, IDelivery? delivery, long startedAt, Action<PendingMessage> settle)
{
    private readonly TaskCompletionSource<MessageOutcome> _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private int _open = signals;
    private SignalOutcome _best = SignalOutcome.Ambient;
    private bool _failed;

    public Task<MessageOutcome> Settled => _settled.Task;

    public long StartedAt => startedAt;

    public MessageOutcome Outcome { get; private set; }

    public void Weighed(SignalOutcome outcome) => Close(outcome, failed: false);

    public void Failed() => Close(SignalOutcome.Ambient, failed: true);

    private void Close(SignalOutcome outcome, bool failed)
    {
        lock (_gate)
        {
            _best = outcome > _best ? outcome : _best;
            _failed |= failed;
            if (--_open > 0)
                return;
        }

        if (_failed)
            delivery?.Undelivered();
        Outcome = _failed ? MessageOutcome.Failed(Reasons.AreaUnavailable) : MessageOutcome.Of(_best);
        settle(this);
        _settled.SetResult(Outcome);
    }
}
