using CivicSignals.Signals;

namespace CivicSignals.Ingest.Pipeline;

/// <summary>How a message ended.</summary>
[GenerateSerializer, Alias("message-status")]
public enum MessageStatus : byte
{
    /// <summary>Handled: see <see cref="MessageOutcome.Signal"/>. Acknowledge it.</summary>
    Accepted,

    /// <summary>Refused for good: acknowledge it, it would be refused again.</summary>
    Rejected,

    /// <summary>Not handled now: do not acknowledge it, so that it comes again.</summary>
    Failed,
}

/// <summary>What became of one message. Everything that it changed is on disk.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Signal">When accepted: what its signals became; evidence outweighs repeated, which outweighs ambient.</param>
/// <param name="Reason">When rejected or failed: one of <see cref="Reasons"/>.</param>
/// <param name="Detail">What exactly, without data of the message.</param>
[GenerateSerializer, Immutable, Alias("message-outcome")]
public readonly record struct MessageOutcome(
    [property: Id(0)] MessageStatus Status, [property: Id(1)] SignalOutcome Signal, [property: Id(2)] string? Reason = null, [property: Id(3)] string? Detail = null)
{
    public static MessageOutcome Ambient { get; } = new(MessageStatus.Accepted, SignalOutcome.Ambient);

    public static MessageOutcome Of(SignalOutcome signal) => new(MessageStatus.Accepted, signal);

    public static MessageOutcome Rejected(string reason, string? detail = null) => new(MessageStatus.Rejected, SignalOutcome.Ambient, reason, detail);

    public static MessageOutcome Failed(string reason) => new(MessageStatus.Failed, SignalOutcome.Ambient, reason);
}
