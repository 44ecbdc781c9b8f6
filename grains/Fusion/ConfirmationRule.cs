using System.Text.Json.Serialization;
using CivicSignals.Signals;

namespace CivicSignals.Fusion;

/// <summary>A fact that makes an incident confirmed for some audiences, one that a fire or police service would recognise. Data; what it tests is code.</summary>
/// <param name="Name">In confirmations: <c>two-kinds</c>.</param>
/// <param name="Version">Raised with every change of the rule.</param>
/// <param name="Test">What must be so.</param>
/// <param name="For">Whom it confirms for: services by name, and <c>public</c>.</param>
/// <param name="Hazards">Of what.</param>
/// <param name="Words">In a sentence, after "confirmed by".</param>
/// <param name="Headline">The same in a headline, without numbers.</param>
/// <param name="Source">Where it comes from.</param>
public sealed record ConfirmationRule(
    string Name,
    int Version,
    RuleTest Test,
    IReadOnlyList<string> For,
    IReadOnlyList<Hazard> Hazards,
    string Words,
    string Headline,
    string Source)
{
    /// <summary>The name of the rule by which a person in a control room vouches. It must be there.</summary>
    public const string Operator = "operator";

    /// <summary>The two observations lie at most so many minutes apart; 0: the rule compares none.</summary>
    public double WindowMinutes { get; init; }

    /// <summary>And at most so many metres, beyond their uncertainties; 0: as far as the incident reaches.</summary>
    public double WithinM { get; init; }

    /// <summary>With <see cref="RuleTest.Operator"/>: belief is at least this once a person vouches, 0.5..1.</summary>
    public double LeastBelief { get; init; }

    /// <summary>With <see cref="RuleTest.AlarmAndPerson"/>: the families of persons who were there.</summary>
    public IReadOnlyList<string> Persons { get; init; } = [];

    /// <summary>The audiences as flags.</summary>
    [JsonIgnore]
    public Consents Audiences { get; } = For.Aggregate(Consents.None, (flags, name) => flags | ServiceNames.Parse(name));
}

/// <summary>What a <see cref="ConfirmationRule"/> tests. One piece of evidence that shares a common cause with the other never confirms it.</summary>
public enum RuleTest
{
    /// <summary>Two machines of different kinds: in one home, or where at least one is in none.</summary>
    TwoKinds,

    /// <summary>A machine that still sounded when a person saw the same.</summary>
    AlarmAndPerson,

    /// <summary>Alarms of two homes that both still sound.</summary>
    TwoHomes,

    /// <summary>Two vehicles.</summary>
    TwoVehicles,

    /// <summary>An official source says so.</summary>
    OfficialSource,

    /// <summary>A person in a control room says so.</summary>
    Operator,
}
