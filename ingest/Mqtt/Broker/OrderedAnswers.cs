using System.Threading.Channels;
using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Ingest.Mqtt.Broker;

/// <summary>
/// Acknowledges one connection's messages in the order in which they came [MQTT-4.6.0-2], each when it is settled: what is acknowledged is on disk.
/// </summary>
internal sealed class OrderedAnswers
{
    private readonly Channel<(ValueTask<MessageOutcome> Outcome, Func<CancellationToken, Task> Acknowledge)> _owed =
        Channel.CreateUnbounded<(ValueTask<MessageOutcome>, Func<CancellationToken, Task>)>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Owes an acknowledgement. The broker's Receive Maximum bounds how many.</summary>
    public void Owe(ValueTask<MessageOutcome> outcome, Func<CancellationToken, Task> acknowledge) => _owed.Writer.TryWrite((outcome, acknowledge));

    /// <summary>Nothing more is owed: <see cref="RunAsync"/> ends when all is acknowledged.</summary>
    public void Complete() => _owed.Writer.TryComplete();

    /// <summary>Acknowledges until all is said.</summary>
    /// <exception cref="BrokerLostException">A message could not be handled: it and what follows it must come again, on another connection.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await foreach (var (outcome, acknowledge) in _owed.Reader.ReadAllAsync(cancellation))
        {
            var (status, _, reason, _) = outcome.IsCompletedSuccessfully ? outcome.Result : await outcome.AsTask().WaitAsync(cancellation);
            if (status == MessageStatus.Failed)
                throw new BrokerLostException($"a message could not be handled ({reason}); it is not acknowledged and comes again");
            await acknowledge(cancellation);
        }
    }
}
