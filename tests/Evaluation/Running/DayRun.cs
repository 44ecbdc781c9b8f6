using CivicSignals.Evaluation.Days;
using CivicSignals.Evaluation.Town;

namespace CivicSignals.Evaluation.Running;

/// <summary>A day and what the platform made of it.</summary>
internal sealed record DayRun(Day Day, Decisions Decisions)
{
    /// <summary>Makes a day and replays it, in a folder that is gone afterwards.</summary>
    public static DayRun Of(TownPlan town, int seed, Disturbances disturbances, ReplayProcess replay)
    {
        var folder = Directory.CreateTempSubdirectory("civic-signals-evaluation-");
        try
        {
            var day = DayMaker.Make(town, seed, disturbances);
            DayFiles.Write(day, town, folder.FullName);
            return new DayRun(day with { Lines = [] }, replay.Run(folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
