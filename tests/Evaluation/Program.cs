using CivicSignals.Evaluation.Days;
using CivicSignals.Evaluation.Reporting;
using CivicSignals.Evaluation.Running;
using CivicSignals.Evaluation.Scoring;
using CivicSignals.Evaluation.Town;

namespace CivicSignals.Evaluation;

internal static class Program
{
    public static int Main(string[] arguments)
    {
        if (arguments.Any(argument => argument is "--help" or "-h" or "help"))
        {
            Console.WriteLine(EvaluationOptions.Help);
            return 0;
        }

        try
        {
            Run(EvaluationOptions.Parse(arguments));
            return 0;
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }

    private static void Run(EvaluationOptions options)
    {
        var town = TownPlan.Build();
        var disturbances = Disturbances.Named(options.Disturbance);
        var replay = new ReplayProcess(options.Silo);
        switch (options.Verb)
        {
            case "generate":
                foreach (var seed in options.Days)
                    DayFiles.Write(DayMaker.Make(town, seed, disturbances), town, Path.Combine(options.Output, $"day-{seed}"));
                break;
            case "score":
                var days = DayScore.Of(Runs.Of(town, [.. options.Days.Select(seed => (seed, disturbances))], replay));
                Console.Write(new Report("Development days", $"score --seeds {options.Seeds.First}..{options.Seeds.Last} --disturbances {options.Disturbance}", days, [], town).Text());
                break;
            case "report":
                Report(options, town, replay);
                break;
        }
    }

    /// <summary>All days with everything on, and the first ones with each disturbance alone.</summary>
    private static void Report(EvaluationOptions options, TownPlan town, ReplayProcess replay)
    {
        var whole = Runs.Of(town, [.. options.Days.Select(seed => (seed, Disturbances.All))], replay);
        var others = Disturbances.Each.Where(each => each.Value != Disturbances.All).ToList();
        var alone = Runs.Of(town, [.. others.SelectMany(each => options.Days.Take(options.Each).Select(seed => (seed, each.Value)))], replay);
        var conditions = others.Zip(alone.Chunk(options.Each), (each, runs) => (each.Name, DayScore.Of(runs)))
            .Append(("all, at everyday strength", DayScore.Of([.. whole.Take(options.Each)])))
            .ToList();
        new Report("Evaluation", $"dotnet run -c Release --project tests/Evaluation -- report --seeds {options.Seeds.First}..{options.Seeds.Last} --each {options.Each}", DayScore.Of(whole), conditions, town).Write(options.Output);
    }
}
