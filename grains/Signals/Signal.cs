using System.Collections.Immutable;

namespace CivicSignals.Signals;

/// <summary>One normalised observation by a source. Decoders make it, areas weigh it.</summary>
[GenerateSerializer, Immutable, Alias("signal")]
public sealed record Signal
{
    /// <summary>Who observed: the topic-bound identity, such as <c>homes/gw1/0x00158d0003abcdef</c> or <c>vehicles/car-1</c>. At most 200 characters.</summary>
    [Id(0)] public required string Source { get; init; }

    /// <summary>What it says: a kind of the fusion model, such as <c>fire.smoke</c>.</summary>
    [Id(1)] public required string Kind { get; init; }

    /// <summary>True: the source says that it is happening. False: that it has ended.</summary>
    [Id(2)] public required bool Active { get; init; }

    /// <summary>Where. Known to the control room; the public sees a coarse shape.</summary>
    [Id(3)] public required Place Place { get; init; }

    /// <summary>When it was observed, by the source's clock where that is believable, else the receipt time.</summary>
    [Id(4)] public required DateTimeOffset ObservedAt { get; init; }

    /// <summary>When the platform received it.</summary>
    [Id(5)] public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The premises that the source belongs to: sources of one home are not independent. Null for vehicles and people.</summary>
    [Id(6)] public string? Premises { get; init; }

    /// <summary>
    /// The state is of unknown age (a retained message, a cached state after a restart): it sets the baseline and is never new evidence.
    /// </summary>
    [Id(7)] public bool SinceUnknown { get; init; }

    /// <summary>Sources that repeat one another (a repost chain) share a group and count once. Null: independent.</summary>
    [Id(8)] public string? Group { get; init; }

    /// <summary>After this moment the observation says nothing any more. Null: the model's expiry for the hazard.</summary>
    [Id(9)] public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>Who may be told.</summary>
    [Id(10)] public Consents Consents { get; init; } = Consents.All;

    /// <summary>The event's own identity where its format has one (DENM action id, CloudEvents id): a new identity is a new edge. Null: none.</summary>
    [Id(11)] public string? Event { get; init; }

    /// <summary>The incident that the source speaks about, where it said so itself (an answer to an alert). Null: the one that lies nearest.</summary>
    [Id(12)] public SignalTarget? Target { get; init; }

    /// <summary>The device's make or model, such as <c>HS1SA-E</c>: devices of one make fail together. Null: unknown. At most 100 characters.</summary>
    [Id(16)] public string? Make { get; init; }

    /// <summary>The kinds that other devices of the same home could say, of those that speak for a hazard; null: unknown. At most 16.</summary>
    [Id(17)] public ImmutableArray<string>? Companions { get; init; }

    /// <summary>What the premises are, such as <c>dwelling</c>; null: no premises.</summary>
    [Id(18)] public string? PlaceKind { get; init; }

    /// <summary>How much it counts of its kind's ln likelihood ratio, 0..1. Null: all of it.</summary>
    [Id(14)] public double? Credence { get; init; }

    /// <summary>What words made it count more (+) or less (−): at most five short phrases of the platform's own tables, never a text's. Null: none.</summary>
    [Id(15)] public string? Phrases { get; init; }
}

/// <summary>An incident that a signal is about. When it is not open any more, the signal opens no other.</summary>
/// <param name="Area">Quadkey of the area that owns it.</param>
/// <param name="Incident">Its id.</param>
[GenerateSerializer, Immutable, Alias("signal-target")]
public sealed record SignalTarget([property: Id(0)] string Area, [property: Id(1)] string Incident);
