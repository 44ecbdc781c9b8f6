using CivicSignals.Evaluation.Days;

namespace CivicSignals.Evaluation;

/// <summary>What the command line asks for.</summary>
/// <param name="Verb"><c>generate</c>, <c>score</c> or <c>report</c>.</param>
/// <param name="Seeds">First and last day.</param>
/// <param name="Disturbance">A name of <see cref="Disturbances.Each"/>.</param>
/// <param name="Silo">The platform's assembly.</param>
/// <param name="Output">A folder.</param>
/// <param name="Each">On how many of the days each disturbance is also tried alone.</param>
internal sealed record EvaluationOptions(string Verb, (int First, int Last) Seeds, string Disturbance, string Silo, string Output, int Each)
{
    public const string Help = """
        Makes up city-days, replays them through the platform, and scores what it decided against the truth.

          dotnet run -c Release --project tests/Evaluation -- VERB [options]

        Verbs
          score      replays development days and prints the scores
          report     replays reporting days and writes docs/evaluation.md with its pictures
          generate   writes a day's recording, its files and its truth into --output

        Options
          --seeds A..B          days (development: 1..99, default 1..4; report: 1001..1099, default 1001..1008)
          --disturbances NAME   what goes wrong besides (default all; see Days/Disturbances.cs)
          --silo FILE           the platform's assembly (default: this repository's, built in the same configuration)
          --each N              report: on how many of the days each disturbance is tried alone (default 2)
          --output FOLDER       where the report or the day goes (default docs, or ./city-day)

        A day takes about half a minute, most of it the ledger's waiting for the disk: TMPDIR on a file system in memory is faster.
        """;

    private static readonly string[] Verbs = ["score", "report", "generate"];

    public IEnumerable<int> Days => Enumerable.Range(Seeds.First, Seeds.Last - Seeds.First + 1);

    /// <exception cref="FormatException">The line is wrong; the message says where.</exception>
    public static EvaluationOptions Parse(ReadOnlySpan<string> arguments)
    {
        if (arguments.Length == 0 || !Verbs.Contains(arguments[0]))
            throw new FormatException($"expected one of {string.Join(", ", Verbs)}; see --help");
        var verb = arguments[0];
        var reporting = verb == "report";
        var root = Root();
        var options = new EvaluationOptions(
            verb, reporting ? Evaluation.Seeds.Reporting : Evaluation.Seeds.Development, "all", DefaultSilo(root), reporting ? Path.Combine(root, "docs") : "city-day", 2);
        for (var i = 1; i < arguments.Length; i += 2)
        {
            var value = i + 1 < arguments.Length ? arguments[i + 1] : throw new FormatException($"{arguments[i]} needs a value");
            options = arguments[i] switch
            {
                "--seeds" => options with { Seeds = Evaluation.Seeds.Parse(value, reporting) },
                "--disturbances" => options with { Disturbance = value },
                "--silo" => options with { Silo = Path.GetFullPath(value) },
                "--output" => options with { Output = value },
                "--each" => options with { Each = int.TryParse(value, out var each) && each > 0 ? each : throw new FormatException("--each needs a whole number above 0") },
                var other => throw new FormatException($"'{other}' is no option; see --help"),
            };
        }

        Disturbances.Named(options.Disturbance);
        options = options with { Each = Math.Min(options.Each, options.Days.Count()) };
        return options;
    }

    private static string Root()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "CivicSignals.sln")))
            root = root.Parent;
        return root?.FullName ?? "";
    }

    private static string DefaultSilo(string root)
    {
        var built = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(root, "silo", "bin", built.Parent!.Name, built.Name, "CivicSignals.Silo.dll");
    }
}
