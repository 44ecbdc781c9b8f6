using System.Collections.Immutable;
using CivicSignals.Signals;

namespace CivicSignals.Learning;

/// <summary>Where premises stand with a service.</summary>
public enum FalseCallStep
{
    /// <summary>False calls are counted, and are too few to matter.</summary>
    Counted,

    /// <summary>The premises are warned.</summary>
    Warned,

    /// <summary>The service is told of confirmed alarms only.</summary>
    Withdrawn,
}

/// <summary>The false calls of one premises to one service, as its area keeps them. Pure: the policy and the moment decide.</summary>
/// <param name="Premises">Whose.</param>
/// <param name="Hazard">Of what.</param>
/// <param name="Service">To whom.</param>
/// <param name="Step">Where they stand.</param>
/// <param name="Since">Since when, UTC.</param>
/// <param name="Incident">The incident of the last false call.</param>
/// <param name="Calls">When each was found false, the oldest first; at most <see cref="MostCalls"/>.</param>
public sealed record FalseCallRecord(
    string Premises,
    Hazard Hazard,
    string Service,
    FalseCallStep Step,
    DateTimeOffset Since,
    string Incident,
    ImmutableArray<DateTimeOffset> Calls)
{
    /// <summary>More are not kept: the oldest go first.</summary>
    public const int MostCalls = 32;

    /// <summary>Bound against floods of invented premises; those without a call for longest go first.</summary>
    public const int MostPerArea = 1024;

    /// <summary>The record of a premises' first false call.</summary>
    public static FalseCallRecord First(string premises, Hazard hazard, string service, string incident, FalseCallRule rule, DateTimeOffset now) =>
        new FalseCallRecord(premises, hazard, service, FalseCallStep.Counted, now, incident, []).With(incident, rule, now);

    /// <summary>With one more false call.</summary>
    public FalseCallRecord With(string incident, FalseCallRule rule, DateTimeOffset now)
    {
        var calls = Calls.Add(now);
        return (this with { Incident = incident, Calls = calls.Length > MostCalls ? calls.RemoveAt(0) : calls }).At(rule, now)!;
    }

    /// <summary>As it stands at a moment; null: nothing counts any more, or the response has been restored, and the count starts anew.</summary>
    public FalseCallRecord? At(FalseCallRule rule, DateTimeOffset now)
    {
        if (Step == FalseCallStep.Withdrawn && rule.WithdrawAt is not null)
            return Calls[^1].AddMonths(rule.RestoreAfterMonths) <= now ? null : this;
        var calls = Calls.RemoveAll(call => call.AddMonths(rule.Months) <= now);
        if (calls.IsEmpty)
            return null;
        var step = calls.Length >= rule.WithdrawAt ? FalseCallStep.Withdrawn : calls.Length >= rule.WarnAt ? FalseCallStep.Warned : FalseCallStep.Counted;
        return this with { Calls = calls, Step = step, Since = step == Step ? Since : now };
    }

    /// <summary>When it next stands otherwise by itself.</summary>
    public DateTimeOffset Due(FalseCallRule rule) =>
        Step == FalseCallStep.Withdrawn && rule.WithdrawAt is not null ? Calls[^1].AddMonths(rule.RestoreAfterMonths) : Calls[0].AddMonths(rule.Months);
}
