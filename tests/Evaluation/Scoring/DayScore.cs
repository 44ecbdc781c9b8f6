using CivicSignals.Evaluation.Baselines;
using CivicSignals.Evaluation.Days;
using CivicSignals.Evaluation.Running;

namespace CivicSignals.Evaluation.Scoring;

/// <summary>A day, judged.</summary>
internal sealed class DayScore
{
    public const string ControlRoom = "ControlRoom", Public = "Public";

    public DayScore(DayRun run, Priors priors)
    {
        Run = run;
        Control = Match(run.Decisions.Alerts.Where(alert => alert.Audience == ControlRoom).Select(Claim.Of));
        ToPublic = Match(run.Decisions.Alerts.Where(alert => alert.Audience == Public).Select(Claim.Of));
        Beliefs = Match(run.Decisions.Incidents.Where(incident => incident.MergedInto is null).Select(Strongest));
        AnySensor = Match(Baselines.AnySensor.Claims(run.Day.Observations));
        TwoOfN = Match(Baselines.TwoOfN.Claims(run.Day.Observations));
        Plain = Match(PlainBelief.Claims(run.Decisions, priors));
        Forecasts = [.. Forecast.Of(run.Decisions, run.Day.Incidents)];
        PlainForecasts = [.. Forecasts.Select(f => f with { Belief = priors.Plain(f.Incident!.Hazard, Forecast.Settled(f.Incident)) })];
        Timings = [.. run.Day.Incidents.Where(truth => truth.SeenByAny).Select(truth => Timing.Of(truth, Control, ToPublic))];

        Matching Match(IEnumerable<Claim> claims) => Matching.Of(claims, run.Day.Incidents);
    }

    public DayRun Run { get; }

    public Matching Control { get; }

    public Matching ToPublic { get; }

    /// <summary>Every incident, with the highest belief that it reached as its score.</summary>
    public Matching Beliefs { get; }

    public Matching AnySensor { get; }

    public Matching TwoOfN { get; }

    public Matching Plain { get; }

    public IReadOnlyList<Forecast> Forecasts { get; }

    public IReadOnlyList<Forecast> PlainForecasts { get; }

    public IReadOnlyList<Timing> Timings { get; }

    /// <summary>Days, judged together: what is learned of the model from decision lines is learned from all.</summary>
    public static IReadOnlyList<DayScore> Of(IReadOnlyList<DayRun> runs)
    {
        var priors = Priors.Of(runs.SelectMany(run => run.Decisions.Incidents));
        return [.. runs.Select(run => new DayScore(run, priors))];
    }

    public static Tally Count(Matching matching, string? hazard = null, bool toPublic = false) =>
        Tally.Of(matching, hazard, truth => !toPublic || Hazards.IsPublic(truth.Hazard));

    private static Claim Strongest(IncidentTrace incident)
    {
        var state = incident.States.MaxBy(state => state.Belief)!;
        return new Claim(incident.Hazard, state.Place, state.RadiusM, state.At, state.Belief);
    }
}
