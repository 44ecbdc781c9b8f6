using CivicSignals.Evaluation.Days;
using CivicSignals.Evaluation.Running;
using CivicSignals.Evaluation.Town;

namespace CivicSignals.Evaluation.Scoring;

/// <summary>That something happens, as somebody was told it: an alert of the platform or of a baseline.</summary>
/// <param name="Score">How sure it is; any scale.</param>
/// <param name="Superseded">Whether it was taken back in favour of another about the same.</param>
internal sealed record Claim(string Hazard, Point Place, double RadiusM, DateTimeOffset At, double Score = 1, bool Superseded = false, AlertTrace? Alert = null)
{
    /// <summary>An alert, at the place of its incident as it stood then.</summary>
    public static Claim Of(AlertTrace alert)
    {
        var state = alert.Incident.StateAt(alert.At);
        return new Claim(alert.Hazard, state.Place, state.RadiusM, alert.At, alert.Belief, alert.Superseded, alert);
    }
}

/// <summary>A claim with the true incident that it is about, if any.</summary>
internal sealed record Matched(Claim Claim, TrueIncident? Truth, Fit Fit)
{
    public bool IsTrue => Truth is not null;
}
