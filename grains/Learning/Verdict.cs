using CivicSignals.Fusion;
using CivicSignals.Incidents;
using CivicSignals.Signals;

namespace CivicSignals.Learning;

/// <summary>What a person found an incident to be. Machines do not vouch for themselves: what only they ended teaches nothing.</summary>
public enum Verdict
{
    /// <summary>It was real.</summary>
    Real,

    /// <summary>It never was.</summary>
    FalseAlarm,
}

/// <summary>How an incident's end becomes a <see cref="Verdict"/>.</summary>
public static class Verdicts
{
    /// <summary>The verdict on an incident that has ended, or null where no person has given one.</summary>
    /// <param name="outcome">How it ended.</param>
    /// <param name="confirmedBy">The rule that had confirmed it, or null.</param>
    /// <param name="byPerson">Whether a person ended it.</param>
    public static Verdict? Of(Outcome? outcome, string? confirmedBy, bool byPerson) => outcome switch
    {
        Outcome.FalseAlarm => Verdict.FalseAlarm,
        Outcome.AllClear or Outcome.Expired when confirmedBy == ConfirmationRule.Operator => Verdict.Real,
        Outcome.AllClear when byPerson && confirmedBy is not null => Verdict.Real,
        _ => null,
    };

    /// <summary>Whether a piece of evidence spoke for the hazard to the end: what its source took back, or a home that is erased, did not.</summary>
    public static bool SpokeFor(this Evidence evidence, Hazard hazard, FusionModel model) =>
        !evidence.IsErased
        && model.Kinds.TryGetValue(evidence.Kind, out var kind)
        && kind.LnLr.GetValueOrDefault(hazard) > 0
        && !(kind.Retracts && evidence.ClearedAt is not null);
}
