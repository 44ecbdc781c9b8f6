using System.Text;
using CivicSignals.Evaluation.Days;
using CivicSignals.Evaluation.Running;
using CivicSignals.Evaluation.Scoring;

namespace CivicSignals.Evaluation.Reporting;

/// <summary>The scores in short, for development.</summary>
internal static class ScoreText
{
    public static string Of(IReadOnlyList<DayRun> runs)
    {
        var text = new StringBuilder();
        foreach (var audience in (string[])["ControlRoom", "Public"])
        {
            text.Append($"{audience}\n  hazard          alerts  true  precision  seen recall  sensed recall  two-source recall  alerts/incident\n");
            foreach (var hazard in (string?[])[null, .. Hazards.Families])
            {
                var sum = runs.Aggregate(Tally.Zero, (sum, run) => sum + Tally.Of(
                    Matching.Of(run.Decisions.Alerts.Where(alert => alert.Audience == audience).Select(Claim.Of), run.Day.Incidents),
                    hazard,
                    truth => audience == "ControlRoom" || Hazards.IsPublic(truth.Hazard)));
                text.Append($"  {hazard ?? "all",-15} {sum.Claims,6} {sum.TrueClaims,5} {sum.Precision,10:F3} {sum.RecallOfSeen,7:F3}/{sum.Seen,-4} {sum.RecallOfSensed,9:F3}/{sum.Sensed,-4} {sum.RecallOfTwice,13:F3}/{sum.Twice,-4} {sum.AlertsPerIncident,16:F3}\n");
            }
        }

        foreach (var (name, count) in runs.SelectMany(run => run.Decisions.Account).GroupBy(pair => pair.Key).Select(group => (group.Key, group.Sum(pair => pair.Value))))
            text.Append($"  {name}: {count}\n");
        return text.ToString();
    }
}
