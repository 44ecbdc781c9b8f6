using System.Text;
using CivicSignals.Evaluation.Days;
using CivicSignals.Evaluation.Scoring;
using CivicSignals.Evaluation.Town;

namespace CivicSignals.Evaluation.Reporting;

/// <summary>Writes <c>evaluation.md</c> and its pictures.</summary>
/// <param name="Days">With all disturbances.</param>
/// <param name="Conditions">Each disturbance alone.</param>
internal sealed record Report(string Title, string Command, IReadOnlyList<DayScore> Days, IReadOnlyList<(string Name, IReadOnlyList<DayScore> Days)> Conditions, TownPlan Town)
{
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "evaluation-reliability.svg"), Pictures.Reliability(Days));
        File.WriteAllText(Path.Combine(folder, "evaluation-control-room.svg"), Pictures.PrecisionRecall(Days, toPublic: false));
        File.WriteAllText(Path.Combine(folder, "evaluation-public.svg"), Pictures.PrecisionRecall(Days, toPublic: true));
        File.WriteAllText(Path.Combine(folder, "evaluation.md"), Text());
    }

    public string Text()
    {
        var text = new StringBuilder($"""
            # {Title}

            Made by `{Command}`; the same seeds give the same report.

            ## What is measured

            {Days.Count} made-up days of a town of {Town.Homes.Count:N0} homes ({Town.Gateways.Count:N0} with sensors) in {TownPlan.Columns * TownPlan.Rows} areas, {DayPlan.Vehicles:N0} vehicles, residents and public posts.
            The days know nothing of the fusion model: their rates are published ones (tests/Evaluation/Days/Rates.cs, each with its source), and the platform is run as an
            outsider runs it, `replay`, with recordings in and decision lines out. One incident in three lies at a tile's edge or corner. All disturbances are on:
            2 % loss, duplicates, reordering, wrong clocks, late buffers, a power blip, a faulty update, raised ambient carbon monoxide, 50 lying accounts on one
            street, a post reposted 500 times, a false stand-down, a replayed device key, posts stuffed with keywords. No operators and no official sources act:
            what is confirmed is confirmed by machines and residents.

            Real days hold too few incidents for figures. So incidents *and* nuisances of a hazard are accelerated by one factor, and the share of alarms that are real
            stays the real one: fires × {Rates.FireTimes}, carbon monoxide × {Rates.MonoxideTimes}, gas × {Rates.GasTimes}, leaks × {Rates.FloodTimes}, break-ins × {Rates.IntrusionTimes}, calls for help × {Rates.MedicalTimes}, crashes × {Rates.RoadTimes}.
            A raw smoke alarm is a fire about once in {RawSmoke():N0} alarms in these days, an automatic fire alarm once in {1 / Rates.SystemCallReal:F0}. Chance pairs of smoke nuisances are thinned to their real frequency.

            An alert is true when a true incident of its hazard (or one that brings the hazard with it: a fire makes carbon monoxide) lies within {MatchRule.WithinM(Hazards.Fire)} m (fire, gas, flood), {MatchRule.WithinM(Hazards.RoadCrash)} m (roads),
            {MatchRule.WithinM(Hazards.Disorder)} m (disorder) or {MatchRule.WithinM(Hazards.Intrusion)} m (others) plus the incident's own stated radius (at most {MatchRule.MaxStatedRadiusM} m), from {MatchRule.Before.TotalMinutes} minutes before its onset to {MatchRule.After.TotalMinutes} minutes after its end. Public alerts are
            judged by their incident's place, not by the neighbourhood that residents are shown. Each alert belongs to one true incident at most; recall needs an alert of
            the incident's own hazard. Nothing is left out: every alert and every incident of which anything reached the platform is in the tables. Intervals are 95 %,
            from {Statistics.Resamples} resamples of whole days.

            ## Goals


            """);
        Add(Goals.Rows(Days));
        Head("Control room", Tables.Tier(Days, toPublic: false));
        Head("Public", [.. Tables.Tier(Days, toPublic: true), "", .. Tables.FalsePublic(Days, Town)]);
        Head("Times and places", Tables.Times(Days));
        Head("Calibration", ["One forecast of each incident: its belief when ten minutes of evidence had gathered.", "", .. Tables.Calibrations(Days), "", "![Reliability](evaluation-reliability.svg)"]);
        Head("Baselines on the same input",
        [
            "*Any sensor alone*: each alarm of a home's sensor or a vehicle is an alert, one a source in half an hour. *Two within five minutes*: two alarms or reports of a hazard",
            "from different origins in one tile. *Without discounts*: the platform's own incidents with prior and full weights (`fullLnLr`) only: no decay, distance or dependence;",
            "the priors are read off the decision lines. The platform's precision at equal recall is that of its belief over all thresholds.", "",
            .. Tables.Baselines(Days), "", "![Control room](evaluation-control-room.svg)", "", "![Public](evaluation-public.svg)",
        ]);
        Head("Why goals are missed",
        [
            "Incidents by what reached the platform of them, those missed most first:", "", .. Causes.Missed(Days), "", "What false public alerts rested on:", "", .. Causes.False(Days, toPublic: true),
            "", "What false control-room alerts rested on:", "", .. Causes.False(Days, toPublic: false), "", "True incidents of which a control room was told twice:", "", .. Causes.Twice(Days),
            "", "Where beliefs and truth differ most:", "", .. Causes.Beliefs(Days), "", .. Account(),
        ]);
        if (Conditions.Count > 0)
            Head("Each disturbance alone", [$"Strong, on {Conditions[0].Days.Count} of the days; in brackets the change of false alerts against `none`.", "", .. Tables.Disturbed(Conditions)]);
        return text.ToString();

        void Head(string head, IEnumerable<string> lines)
        {
            text.Append($"\n## {head}\n\n");
            Add(lines);
        }

        void Add(IEnumerable<string> lines)
        {
            foreach (var line in lines)
                text.Append(line).Append('\n');
        }
    }

    /// <summary>What became of all input lines.</summary>
    private IEnumerable<string> Account()
    {
        var counts = Days.SelectMany(day => day.Run.Decisions.Account).GroupBy(pair => pair.Key).Select(group => $"{group.Key} {group.Sum(pair => pair.Value):N0}");
        yield return $"Input lines: {string.Join(", ", counts)}. Posts that the platform does not take are counted as rejected, and stay in the recall of what anything saw.";
    }

    private double RawSmoke()
    {
        var smoke = Days.SelectMany(day => day.Run.Day.Observations).Where(o => o.Witness == Witness.HomeSensor && o.Origin.EndsWith("/Smoke", StringComparison.Ordinal)).ToList();
        return smoke.Count / Math.Max(1.0, smoke.Where(o => o.Incident is not null).Select(o => o.Incident).Distinct().Count());
    }
}
