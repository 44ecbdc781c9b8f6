using CivicSignals.Signals;

namespace CivicSignals.Ingest.Dialects;

/// <summary>What a dialect made of a message: signals, nothing of interest, or a reason to reject it.</summary>
internal readonly record struct Decoded
{
    private readonly IReadOnlyList<Signal>? _signals;

    public IReadOnlyList<Signal> Signals
    {
        get => _signals ?? [];
        init => _signals = value;
    }

    /// <summary>Why to reject it, or null.</summary>
    public string? Reason { get; init; }

    /// <summary>What exactly is wrong, without data of the message.</summary>
    public string? Detail { get; init; }

    /// <summary>Whether it must be kept for the next start.</summary>
    public bool Remember { get; init; }

    /// <summary>Without signals: whether it says what is known already, instead of nothing.</summary>
    public bool Repeats { get; init; }

    /// <summary>To be told when the signals do not arrive.</summary>
    public IDelivery? Delivery { get; init; }

    public static Decoded Ambient => default;

    public static Decoded Repetition { get; } = new() { Repeats = true };

    public static Decoded Reject(string reason, string? detail = null) => new() { Reason = reason, Detail = detail };

    public static Decoded Of(Signal signal) => new() { Signals = [signal] };

    /// <summary>What two devices say in one message.</summary>
    public Decoded And(in Decoded other) => (_signals, other._signals) switch
    {
        (_, null) => this,
        (null, _) => other,
        _ => new Decoded { Signals = [.. Signals, .. other.Signals], Delivery = new Both(Delivery, other.Delivery) },
    };

    private sealed record Both(IDelivery? First, IDelivery? Second) : IDelivery
    {
        public void Undelivered()
        {
            First?.Undelivered();
            Second?.Undelivered();
        }
    }
}
