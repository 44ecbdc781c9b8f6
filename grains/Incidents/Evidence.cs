using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CivicSignals.Signals;

namespace CivicSignals.Incidents;

/// <summary>
/// One source saying one kind, as an incident holds it. An incident's evidence is a set keyed by (source, kind):
/// repeats and redeliveries change nothing.
/// </summary>
public sealed record Evidence
{
    public required string Source { get; init; }
    public required string Kind { get; init; }

    /// <summary>When it was observed: decay and confirmation windows count from here.</summary>
    public required DateTimeOffset At { get; init; }
    public required Place Place { get; init; }
    public required Consents Consents { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Premises { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Group { get; init; }

    /// <summary>The observation's own identity in its format, or null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Event { get; init; }

    /// <summary>Says nothing after this moment; null: the model's expiry.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>The share of its weight that its source has earned by then, 0..1; null: all of it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Reliability { get; init; }

    /// <summary>The device's make, or null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Make { get; init; }

    /// <summary>The kinds that other devices of the same home could say; null: unknown.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<string>? Companions { get; init; }

    /// <summary>What the premises are, or null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PlaceKind { get; init; }

    /// <summary>The cause that many homes share and that would explain it, or null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CommonCause? Common { get; init; }

    /// <summary>How much it counts of its kind's ln likelihood ratio, 0..1; null: all of it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Credence { get; init; }

    /// <summary>What words made it count more (+) or less (−), of the platform's own tables; null: none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Phrases { get; init; }

    /// <summary>What a source says, as evidence.</summary>
    public static Evidence Of(Signal signal) => new()
    {
        Source = signal.Source,
        Kind = signal.Kind,
        At = signal.ObservedAt,
        Place = signal.Place,
        Consents = signal.Consents,
        Premises = signal.Premises,
        Group = signal.Group,
        Event = signal.Event,
        ValidUntil = signal.ValidUntil,
        Make = signal.Make,
        Companions = signal.Companions,
        PlaceKind = signal.PlaceKind,
        Credence = signal.Credence,
        Phrases = signal.Phrases,
    };

    /// <summary>Whether it is of a home that has been erased: it counts for nobody, and its place is no longer exact.</summary>
    [JsonIgnore]
    public bool IsErased => Source == Homes.Erasure.Word;

    /// <summary>What it is called where evidence is listed: <c>source kind</c>. A kind has no blanks.</summary>
    [JsonIgnore]
    public string Name => $"{Source} {Kind}";

    /// <summary>Whether it says on which spot it happens.</summary>
    [JsonIgnore]
    public bool IsPlaced => !IsErased && !Place.IsVague;

    /// <summary>When the source said that it has ended, or null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? ClearedAt { get; init; }
}

/// <summary>One cause that many homes share, such as a power cut, an update or the weather.</summary>
/// <param name="Name">Its name in the fusion model.</param>
/// <param name="LnLr">How much commoner such alarms are now than in ordinary times, as ln: above 0.</param>
public sealed record CommonCause(string Name, double LnLr);
