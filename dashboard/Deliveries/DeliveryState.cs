namespace CivicSignals.Dashboard.Deliveries;

/// <summary>How it stands with one account, for operators and metrics.</summary>
/// <param name="Target">The account: network and host or handle.</param>
/// <param name="Waiting">Alerts with a version that it has not been told.</param>
/// <param name="OldestAt">Since when the one that waits longest waits; null when none does.</param>
/// <param name="SentAt">When it was last told something since the start, or null.</param>
/// <param name="FailedAt">When it last failed since the start, or null.</param>
/// <param name="Failure">How, or null.</param>
public sealed record DeliveryState(
    string Target, int Waiting = 0, DateTimeOffset? OldestAt = null, DateTimeOffset? SentAt = null, DateTimeOffset? FailedAt = null, string? Failure = null);
