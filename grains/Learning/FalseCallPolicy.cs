using CivicSignals.Signals;

namespace CivicSignals.Learning;

/// <summary>What false calls of one premises lead to: the alert policy's section <c>falseCalls</c>.</summary>
/// <param name="Source">Where the method comes from.</param>
/// <param name="Rules">One per service and hazard at most.</param>
public sealed record FalseCallPolicy(string Source, IReadOnlyList<FalseCallRule> Rules)
{
    /// <summary>Nobody counts.</summary>
    public static FalseCallPolicy None { get; } = new("", []);

    /// <summary>The rule by which a record stands, or null: it is not counted any more.</summary>
    public FalseCallRule? For(Hazard hazard, string service) => Rules.FirstOrDefault(rule => rule.Service == service && rule.Hazards.Contains(hazard));

    /// <summary>What is wrong with it, or null.</summary>
    public string? Problem()
    {
        foreach (var rule in Rules)
        {
            if ((ServiceNames.Parse(rule.Service) & Consents.Services) == Consents.None)
                return $"falseCalls: '{rule.Service}' is no service";
            if (rule is not { Months: >= 1 and <= 120, WarnAt: >= 1 } || rule.WithdrawAt is { } withdrawAt && (withdrawAt < rule.WarnAt || withdrawAt > FalseCallRecord.MostCalls))
                return $"falseCalls: {rule.Service}: months must be in 1..120, and 1 <= warnAt <= withdrawAt <= {FalseCallRecord.MostCalls}";
            if (rule.WithdrawAt is not null && (rule.RestoreAfterMonths < 1 || rule.RestoreAfterMonths > rule.Months))
                return $"falseCalls: {rule.Service}: restoreAfterMonths must be in 1..months";
            if (Rules.Any(other => other != rule && other.Service == rule.Service && other.Hazards.Intersect(rule.Hazards).Any()))
                return $"falseCalls: {rule.Service} has two rules for one hazard";
        }

        return null;
    }
}

/// <summary>How one service takes false calls of one hazard.</summary>
/// <param name="Service">fire, police, ambulance, highways or council.</param>
/// <param name="Hazards">Of what.</param>
/// <param name="Months">Calls count for so long.</param>
/// <param name="WarnAt">From so many calls on the premises are warned.</param>
/// <param name="WithdrawAt">From so many calls on the service is told of confirmed alarms only; null: never.</param>
/// <param name="RestoreAfterMonths">After so long without a false call it is told of all again; with a <paramref name="WithdrawAt"/> only.</param>
/// <param name="Source">Where the numbers come from.</param>
public sealed record FalseCallRule(
    string Service,
    IReadOnlyList<Hazard> Hazards,
    int Months,
    int WarnAt,
    int? WithdrawAt,
    int RestoreAfterMonths,
    string Source);
