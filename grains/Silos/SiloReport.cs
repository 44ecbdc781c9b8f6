using CivicSignals.Accounting;
using CivicSignals.Deliveries;
using CivicSignals.Feeds;

namespace CivicSignals.Silos;

/// <summary>How one silo is, for the operations page. All counts since it started.</summary>
[GenerateSerializer, Immutable, Alias("silo-report")]
public sealed record SiloReport
{
    /// <summary>So many rejected messages are shown.</summary>
    public const int MostRejected = 100;

    /// <summary>Where the other silos reach it: <c>10.0.0.1:11111</c>. After a restart it is the same one.</summary>
    [Id(0)]
    public required string Silo { get; init; }

    [Id(1)]
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it said so.</summary>
    [Id(2)]
    public required DateTimeOffset At { get; init; }

    /// <summary>Areas that it holds in memory.</summary>
    [Id(3)]
    public required int Areas { get; init; }

    /// <summary>Its own part of the message account.</summary>
    [Id(4)]
    public required MessageTotals Messages { get; init; }

    /// <summary>How soon its alerts were on disk after the message.</summary>
    [Id(5)]
    public required LatencyCounts Alerts { get; init; }

    /// <summary>How soon its areas' commits were on disk.</summary>
    [Id(6)]
    public required LatencyCounts Commits { get; init; }

    /// <summary>What it does for all silos.</summary>
    [Id(7)]
    public required IReadOnlyList<string> Duties { get; init; }

    /// <summary>The messages that it rejected last, newest first, at most <see cref="MostRejected"/>.</summary>
    [Id(8)]
    public IReadOnlyList<DeadLetter> Rejected { get; init; } = [];

    /// <summary>The accounts on public networks that it tells.</summary>
    [Id(9)]
    public IReadOnlyList<DeliveryState> Deliveries { get; init; } = [];

    /// <summary>How it found the feeds that are polled, in the configuration's order; those that it has never read too.</summary>
    [Id(10)]
    public IReadOnlyList<FeedState> Feeds { get; init; } = [];
}
