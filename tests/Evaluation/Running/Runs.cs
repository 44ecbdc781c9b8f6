using CivicSignals.Evaluation.Days;
using CivicSignals.Evaluation.Town;

namespace CivicSignals.Evaluation.Running;

/// <summary>Runs many days, two at a time: each is a process of its own, so that they cannot touch each other.</summary>
internal static class Runs
{
    public static IReadOnlyList<DayRun> Of(TownPlan town, IReadOnlyList<(int Seed, Disturbances Disturbances)> days, ReplayProcess replay)
    {
        var runs = new DayRun[days.Count];
        Parallel.For(0, days.Count, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i =>
        {
            runs[i] = DayRun.Of(town, days[i].Seed, days[i].Disturbances, replay);
            Console.Error.WriteLine($"day {days[i].Seed}: {runs[i].Decisions.Incidents.Count} incidents, {runs[i].Decisions.Alerts.Count} alerts");
        });
        return runs;
    }
}
