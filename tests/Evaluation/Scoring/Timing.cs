using CivicSignals.Evaluation.Days;

namespace CivicSignals.Evaluation.Scoring;

/// <summary>When what was known about a true incident that reached the platform. Seconds; infinity: never.</summary>
/// <param name="Alert">From the first evidence to the control room's alert.</param>
/// <param name="Lead">From the onset to that alert.</param>
/// <param name="PublicAlert">From the first evidence to the public alert.</param>
/// <param name="Confirmed">From the first evidence to the confirmation.</param>
/// <param name="ConfirmedAfterSecond">From the second source's evidence to the confirmation: what the platform itself adds.</param>
/// <param name="OffM">Metres between the true place and the alert's; NaN: there was none.</param>
internal sealed record Timing(TrueIncident Truth, double Alert, double Lead, double PublicAlert, double Confirmed, double ConfirmedAfterSecond, double OffM)
{
    public static Timing Of(TrueIncident truth, Matching control, Matching toPublic)
    {
        var alert = control.Detection(truth);
        var confirmed = control.About(truth).Concat(toPublic.About(truth)).Where(m => m.Fit == Fit.Same)
            .Select(m => m.Claim.Alert?.Incident.ConfirmedAt).Where(at => at is not null).Min();
        return new Timing(
            truth,
            Seconds(truth.FirstEvidence, alert?.Claim.At),
            Seconds(truth.Onset, alert?.Claim.At),
            Seconds(truth.FirstEvidence, toPublic.Detection(truth)?.Claim.At),
            Seconds(truth.FirstEvidence, confirmed),
            Seconds(truth.SecondEvidence, confirmed),
            alert?.Claim.Place.MetresTo(truth.Place) ?? double.NaN);
    }

    private static double Seconds(DateTimeOffset? from, DateTimeOffset? to) => from is null || to is null ? double.PositiveInfinity : (to - from).Value.TotalSeconds;
}
