namespace CivicSignals.Deliveries;

/// <summary>How it stands with one account, for operators and metrics.</summary>
/// <param name="Target">The account: network and host or handle.</param>
/// <param name="Waiting">Alerts with a version that it has not been told.</param>
/// <param name="OldestAt">Since when the one that waits longest waits; null when none does.</param>
/// <param name="SentAt">When it was last told something since the start, or null.</param>
/// <param name="FailedAt">When it last failed since the start, or null.</param>
/// <param name="Failure">How, or null.</param>
[GenerateSerializer, Immutable, Alias("delivery-state")]
public sealed record DeliveryState(
    [property: Id(0)] string Target,
    [property: Id(1)] int Waiting = 0,
    [property: Id(2)] DateTimeOffset? OldestAt = null,
    [property: Id(3)] DateTimeOffset? SentAt = null,
    [property: Id(4)] DateTimeOffset? FailedAt = null,
    [property: Id(5)] string? Failure = null);
