using System.Globalization;

namespace CivicSignals.Benchmarks;

/// <summary>What the command line asks for.</summary>
/// <param name="Verb"><c>all</c>, <c>bare</c>, <c>throughput</c>, <c>latency</c>, <c>decode</c>, <c>posts</c>, <c>fold</c>, <c>cluster</c> or <c>soak</c>.</param>
/// <param name="Rounds">Measured rounds of each server and shape, and of the fusion core, 1 or more.</param>
/// <param name="Seconds">Length of a round.</param>
/// <param name="WarmUpSeconds">Load before the first round.</param>
/// <param name="Silo">The platform's assembly.</param>
/// <param name="Token">A control-room token; null: from the platform's <c>token</c> verb.</param>
/// <param name="Output">Where the report goes besides the screen; null: nowhere.</param>
/// <param name="Gazetteer">Places that posts are found at, CSV; null: made-up ones.</param>
/// <param name="Messages">How many a soak takes.</param>
/// <param name="Database">Connection string of the silos' PostgreSQL, for <c>cluster</c>.</param>
/// <param name="Speed">How many times as fast the clock of <c>soak</c> runs.</param>
/// <param name="Rate">Messages a second offered to the silos of <c>cluster</c>.</param>
internal sealed record BenchOptions(string Verb, int Rounds, int Seconds, int WarmUpSeconds, string Silo, string? Token, string? Output, string? Gazetteer, string? Database = null, int Messages = 70_000_000, int Rate = 4_000, int Speed = 400)
{
    public const string Help = """
        Measures the platform against the same MQTT server with no work, on this machine, and prints Markdown.

          dotnet run -c Release --project tests/Benchmarks [VERB] [options]

        Verbs
          all          decoding, throughput, cost of the ledger, sensor-to-stream latency (default)
          throughput   throughput and cost of the ledger only
          latency      sensor-to-stream latency only, at half of a short throughput measurement
          bare         the MQTT server with no work only
          decode       messages a second and bytes allocated of each dialect's decoder only
          posts        posts a second and bytes allocated, from the frame to place and kind, only
          cluster      processor time a message of one silo and of three, on one broker and one database (needs mosquitto and --database)
          fold         signals a second of processor time and bytes allocated, of the fusion core on one area, only

          soak         memory and ledger over --messages messages of a city whose clock runs --speed times as fast, looked at every --seconds seconds

        Options
          --rounds N     measured rounds of each server and shape, and of the fusion core (default 5)
          --seconds N    length of a round (default 5)
          --warm-up N    seconds of load before the first round (default 8)
          --silo FILE    the platform's assembly (default: this repository's, built in the same configuration)
          --token TEXT   a control-room token (default: from the platform's token verb)
          --output FILE  writes the report there too
          --database TEXT  connection string of a PostgreSQL database whose tables are made
          --rate N       messages a second offered to the silos of a cluster (default 4,000)
          --messages N   messages of a soak (default 70,000,000)
          --speed N      seconds of a soak's city in one second (default 400)
          --gazetteer FILE  places for posts (default: as many made-up ones as Great Britain has)

        Load: 10,000 smoke alarms in 1,000 areas, 95 readings to 5 edges, MQTT 3.1.1, QoS 1.
        Servers and load share the machine's cores: the ratio is the figure, not the rates.
        """;

    private static readonly string[] Verbs = ["all", "bare", "throughput", "latency", "decode", "posts", "fold", "cluster", "soak"];

    /// <exception cref="FormatException">The line is wrong; the message says where.</exception>
    public static BenchOptions Parse(ReadOnlySpan<string> arguments)
    {
        var options = new BenchOptions("all", 5, 5, 8, DefaultSilo(), null, null, null);
        for (var i = 0; i < arguments.Length; i++)
        {
            options = arguments[i] switch
            {
                "--rounds" => options with { Rounds = Number(arguments, ++i) },
                "--seconds" => options with { Seconds = Number(arguments, ++i) },
                "--warm-up" => options with { WarmUpSeconds = Number(arguments, ++i) },
                "--silo" => options with { Silo = Path.GetFullPath(Text(arguments, ++i)) },
                "--token" => options with { Token = Text(arguments, ++i) },
                "--database" => options with { Database = Text(arguments, ++i) },
                "--speed" => options with { Speed = Number(arguments, ++i) },
                "--rate" => options with { Rate = Number(arguments, ++i) },
                "--messages" => options with { Messages = Number(arguments, ++i) },
                "--gazetteer" => options with { Gazetteer = Text(arguments, ++i) },
                "--output" => options with { Output = Text(arguments, ++i) },
                var verb when i == 0 && Verbs.Contains(verb) => options with { Verb = verb },
                var other => throw new FormatException($"'{other}' is neither a verb nor an option; see --help"),
            };
        }

        return options;
    }

    private static string Text(ReadOnlySpan<string> arguments, int i) =>
        i < arguments.Length ? arguments[i] : throw new FormatException($"{arguments[i - 1]} needs a value");

    private static int Number(ReadOnlySpan<string> arguments, int i) =>
        int.TryParse(Text(arguments, i), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new FormatException($"{arguments[i - 1]} needs a whole number above 0");

    private static string DefaultSilo()
    {
        var built = new DirectoryInfo(AppContext.BaseDirectory);
        var (framework, configuration) = (built.Name, built.Parent!.Name);
        var root = built;
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "CivicSignals.sln")))
            root = root.Parent;
        return Path.Combine(root?.FullName ?? "", "silo", "bin", configuration, framework, "CivicSignals.Silo.dll");
    }
}
