using CivicSignals.Ingest.Pipeline;
using Orleans.Concurrency;

namespace CivicSignals.Ingest.Intake;

/// <summary>
/// Reads what a share of all gateways, vehicles and sources publish. What a device says now is understood by what it and its gateway said before, so all
/// messages of one owner are read on one machine at a time, whichever machine the broker gave them to. Its key is the share's number.
/// </summary>
[Alias("intake")]
internal interface IIntakeGrain : IGrainWithIntegerKey
{
    /// <summary>Takes messages, in the order given. Each outcome promises as <see cref="SignalPipeline.AcceptAsync"/>.</summary>
    /// <param name="messages">1..<see cref="Share.MostAtOnce"/>, all of this share.</param>
    /// <param name="cancellation">Gives up waiting, not the messages.</param>
    [Alias("take")]
    Task<MessageOutcome[]> TakeAsync(Immutable<InboundMessage[]> messages, CancellationToken cancellation);

    /// <summary>Keeps the share in memory: its homes are watched for silence also while none of them speaks.</summary>
    [Alias("watch")]
    Task WatchAsync(CancellationToken cancellation);
}
