using CivicSignals.Evaluation.Days;
using CivicSignals.Evaluation.Town;

namespace CivicSignals.Evaluation.Scoring;

/// <summary>
/// When a claim is about a true incident: the same hazard family, no farther than a distance plus what the claim itself leaves open, and
/// in its time. The claim's place is the incident's, never the public shape: a whole neighbourhood would match anything.
/// </summary>
internal static class MatchRule
{
    /// <summary>A stated radius counts up to here, metres: who says "somewhere in town" has said nothing.</summary>
    public const double MaxStatedRadiusM = 300;

    /// <summary>A clock may be early by so much; and what is noticed late is still noticed.</summary>
    public static readonly TimeSpan Before = TimeSpan.FromMinutes(5), After = TimeSpan.FromMinutes(30);

    /// <summary>How far off a claim may be, metres, by hazard.</summary>
    public static double WithinM(string hazard) => hazard switch
    {
        Hazards.RoadCrash or Hazards.RoadHazard => 300,
        Hazards.Disorder => 400,
        Hazards.Fire or Hazards.Gas or Hazards.Flood => 150,
        _ => 60,
    };

    /// <summary>Whether a claim is about an incident, or about what it brings with it.</summary>
    public static Fit Of(TrueIncident truth, string hazard, Point place, double radiusM, DateTimeOffset at)
    {
        if (at < truth.Onset - Before || at > truth.End + After || place.MetresTo(truth.Place) > WithinM(hazard) + Math.Min(radiusM, MaxStatedRadiusM))
            return Fit.None;
        var family = Hazards.Family(hazard);
        return family == truth.Hazard ? Fit.Same : truth.Also.Contains(family) ? Fit.Also : Fit.None;
    }
}

/// <summary>How a claim fits a true incident.</summary>
internal enum Fit
{
    None,

    /// <summary>It is about what the incident brings with it: not false, but no detection.</summary>
    Also,
    Same,
}
