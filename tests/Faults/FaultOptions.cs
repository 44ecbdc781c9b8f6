using CivicSignals.Faults.Kinds;

namespace CivicSignals.Faults;

/// <summary>What the command line asks for.</summary>
/// <param name="Kinds">Which faults.</param>
/// <param name="Times">How often each is made.</param>
/// <param name="Silo">The platform's assembly.</param>
/// <param name="Folder">Where logs and data go.</param>
/// <param name="Seed">Of the moments at which faults are made.</param>
internal sealed record FaultOptions(IReadOnlyList<FaultKind> Kinds, int Times, string Silo, string Folder, int Seed)
{
    /// <summary>Whether a run's folder stays even when it has passed.</summary>
    public bool Keep { get; init; }

    public static string Help { get; } = $"""
        Starts three silos, PostgreSQL and Mosquitto under load, makes faults, and checks that nothing was lost or doubled.

          dotnet run -c Release --project tests/Faults -- run [options]

        Options
          --faults A,B,…   which (default: all that can be made here)
          --times N        how often each (default 50)
          --silo FILE      the platform's assembly (default: this repository's, built in the same configuration)
          --folder DIR     where data and logs go (default: the temporary folder)
          --keep true      leave data and logs of what has passed, too
          --seed N         of the moments (default 1)

        Faults
        {string.Join('\n', FaultKinds.All.Select(kind => $"  {kind.Name,-16} {kind.What}"))}
        """;

    /// <exception cref="FormatException">The line is wrong; the message says where.</exception>
    public static FaultOptions Parse(ReadOnlySpan<string> arguments)
    {
        if (arguments is not ["run", .. var rest])
            throw new FormatException("expected: run; see --help");
        var options = new FaultOptions(FaultKinds.All, 50, DefaultSilo(), Path.GetTempPath(), 1);
        for (var i = 0; i < rest.Length; i += 2)
        {
            var value = i + 1 < rest.Length ? rest[i + 1] : throw new FormatException($"{rest[i]} needs a value");
            options = rest[i] switch
            {
                "--faults" => options with { Kinds = [.. value.Split(',').Select(FaultKinds.Named)] },
                "--times" => options with { Times = Number(rest[i], value) },
                "--silo" => options with { Silo = Path.GetFullPath(value) },
                "--folder" => options with { Folder = Path.GetFullPath(value) },
                "--keep" => options with { Keep = value == "true" },
                "--seed" => options with { Seed = Number(rest[i], value) },
                var other => throw new FormatException($"'{other}' is no option; see --help"),
            };
        }

        return options;
    }

    private static int Number(string option, string value) =>
        int.TryParse(value, out var number) && number > 0 ? number : throw new FormatException($"{option} needs a whole number above 0");

    private static string DefaultSilo()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "CivicSignals.sln")))
            root = root.Parent;
        var built = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(root?.FullName ?? "", "silo", "bin", built.Parent!.Name, built.Name, "CivicSignals.Silo.dll");
    }
}
