using CivicSignals.Evaluation.Days;
using CivicSignals.Evaluation.Reporting;
using CivicSignals.Evaluation.Running;
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
        switch (options.Verb)
        {
            case "generate":
                foreach (var seed in options.Days)
                    DayFiles.Write(DayMaker.Make(town, seed, disturbances), town, Path.Combine(options.Output, $"day-{seed}"));
                break;
            case "score":
                var replay = new ReplayProcess(options.Silo);
                Console.Write(ScoreText.Of(options.Days.Select(seed => DayRun.Of(town, seed, disturbances, replay)).ToList()));
                break;
        }
    }
}
