using System.Globalization;
using System.Text;
using CivicSignals.Alerts;

namespace CivicSignals.Learning;

/// <summary>What a re-estimation found, as Markdown for the person who decides whether the candidate is used. Names no source and no place.</summary>
public static class EstimateReport
{
    /// <summary>Changed decisions that are listed.</summary>
    private const int MostListed = 50;

    /// <summary>Writes it.</summary>
    /// <param name="from">Version of the present model.</param>
    /// <param name="to">Version of the candidate.</param>
    /// <param name="tally">The outcomes.</param>
    /// <param name="kinds">New ln LRs.</param>
    /// <param name="priors">New priors.</param>
    /// <param name="decisions">What would have been decided otherwise.</param>
    public static string Write(
        string from, string to, OutcomeTally tally, IReadOnlyList<KindEstimate> kinds, IReadOnlyList<PriorEstimate> priors, DecisionComparison decisions)
    {
        var text = new StringBuilder();
        Line(text, $"# Fusion model {to}, estimated from {from}");
        Line(text, $"\n{tally.Count} incidents have a person's verdict; {decisions.Count} have ended.");
        Line(text, $"People judge what they were told of, so kinds that hardly ever alert are hardly ever judged: an estimate speaks for what is alerted. Smoothing: {Estimates.Smoothing} outcomes of either sort; a ratio moves by a factor of ten at most.");
        Line(text, $"\n## Kinds\n\n| kind | hazard | outcomes | real | expected | share | ln LR | new | 95 % |\n|---|---|---|---|---|---|---|---|---|");
        foreach (var kind in kinds)
        {
            var outcomes = kind.Outcomes;
            Line(text, $"| `{outcomes.Kind}` | {outcomes.Hazard} | {outcomes.Count} | {outcomes.Real} | {outcomes.Expected:0.0} | {outcomes.Share:0.00} | {kind.Old:0.##} | {kind.New:0.##} | {kind.Lower:0.##} to {kind.Upper:0.##} |");
        }

        Line(text, $"\n## Reliability of new sources\n\n| sort | right | wrong | Beta | new |\n|---|---|---|---|---|");
        foreach (var prior in priors)
            Line(text, $"| {prior.Outcomes.Name} | {prior.Outcomes.Right} | {prior.Outcomes.Wrong} | {prior.Old.Right:0.##}, {prior.Old.Wrong:0.##} | {prior.New.Right:0.##}, {prior.New.Wrong:0.##} |");
        Line(text, $"\n## Decisions that would change\n\n{decisions.Changed.Count} of {decisions.Count} recorded incidents, judged at the moments that were recorded. Which kinds confirm each other does not depend on ratios.");
        if (decisions.Changed.Count > 0)
            Line(text, $"\n| incident | hazard | found | belief | new | told | would tell | confirmed |\n|---|---|---|---|---|---|---|---|");
        foreach (var change in decisions.Changed.Take(MostListed))
            Line(text, $"| `{change.Incident}` | {change.Hazard} | {Found(change.Verdict)} | {change.Belief:0.###} | {change.WouldBelieve:0.###} | {Whom(change.Told)} | {Whom(change.WouldTell)} | {(change.Confirmed.Now == change.Confirmed.Then ? "as before" : change.Confirmed.Then ? "newly" : "no longer")} |");
        if (decisions.Changed.Count > MostListed)
            Line(text, $"\nThe first {MostListed}; {decisions.Changed.Count - MostListed} more.");
        return text.ToString();
    }

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static string Found(Verdict? verdict) => verdict switch
    {
        Verdict.Real => "real",
        Verdict.FalseAlarm => "false alarm",
        _ => "not judged",
    };

    private static string Whom(IReadOnlyList<Audience> told) => told.Count == 0
        ? "nobody"
        : string.Join(", ", told.Select(audience => audience == Audience.Public ? "public" : "control room"));
}
