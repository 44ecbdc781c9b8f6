using CivicSignals.Signals;

namespace CivicSignals.Learning;

/// <summary>Where premises stand with a service, as control rooms and the household read it.</summary>
/// <param name="Premises">Whose false calls.</param>
/// <param name="Hazard">Of what.</param>
/// <param name="Service">To whom.</param>
/// <param name="Step">Where they stand.</param>
/// <param name="Calls">How many false calls count; 0: none any more.</param>
/// <param name="Months">For how long each counts.</param>
/// <param name="WithdrawAt">From how many on the service is told of confirmed alarms only; null: never.</param>
/// <param name="Since">Since when they stand so, UTC.</param>
/// <param name="LastAt">When the last call was found false, UTC.</param>
/// <param name="EndsAt">When they stand otherwise by themselves, UTC, if no false call follows.</param>
/// <param name="Area">Quadkey of the area that counts.</param>
/// <param name="Incident">The incident of the last false call.</param>
public sealed record FalseCallStanding(
    string Premises,
    Hazard Hazard,
    string Service,
    FalseCallStep Step,
    int Calls,
    int Months,
    int? WithdrawAt,
    DateTimeOffset Since,
    DateTimeOffset LastAt,
    DateTimeOffset EndsAt,
    string Area,
    string Incident)
{
    /// <summary>It in plain English: "2 false calls in 12 months: warning".</summary>
    public string Says => $"{Count(Calls)} in {Months} months" + Step switch
    {
        FalseCallStep.Withdrawn => $": {Service} response to unconfirmed alarms is withdrawn",
        FalseCallStep.Warned when WithdrawAt is { } most => $": warning; from {most} on, {Service} response to unconfirmed alarms is withdrawn",
        FalseCallStep.Warned => ": warning",
        _ => "",
    };

    /// <summary>A record as it is read.</summary>
    public static FalseCallStanding Of(FalseCallRecord record, FalseCallRule rule, string area) => new(
        record.Premises, record.Hazard, record.Service, record.Step, record.Calls.Length, rule.Months, rule.WithdrawAt,
        record.Since, record.Calls[^1], record.Due(rule), area, record.Incident);

    private static string Count(int calls) => calls == 1 ? "1 false call" : $"{calls} false calls";
}

/// <summary>Premises with false calls as outsiders read them.</summary>
public sealed record FalseCallList(IReadOnlyList<FalseCallStanding> Items);
