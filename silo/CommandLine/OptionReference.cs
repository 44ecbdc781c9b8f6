using System.Text;

namespace CivicSignals.Silo.CommandLine;

/// <summary>The configuration reference: the keys that the command line accepts, explained by the options that they are bound to.</summary>
internal static class OptionReference
{
    private const string Opening = """
        # Configuration

        Printed by `dotnet run --project silo -- options`; a test compares this file with what the program prints. `help` has one line for each key.

        A key is given as `--Section:Key value` on the command line, as `Section__Key` in the environment, or in `appsettings.json` beside the program; the
        first of these wins. Lists count from 0: `Feeds:1:Url` is the second feed's address. A wrong value stops the start with one line that names its key. Give secrets in
        the environment, from a file that only the service may read: what stands on the command line, everyone on the machine can see.

        """;

    private const string End = """

        ## .NET's own

        | key | meaning |
        |---|---|
        | `Logging:LogLevel:…` | how much is logged, by category: `Debug`, `Information`, `Warning`, `Error` |
        | `Kestrel:Limits:…` | bounds of the HTTP server |
        | `AllowedHosts` | host names that pages are served for, separated by semicolons |
        | `environment` | name of the environment; `appsettings.{name}.json` is read too |

        """;

    /// <exception cref="InvalidOperationException">A key has no property, or a property no comment.</exception>
    public static string Write()
    {
        var options = BoundOptions.Read();
        var text = new StringBuilder(Opening);
        foreach (var section in Setting.All.GroupBy(setting => setting.Key[..setting.Key.IndexOf(':', StringComparison.Ordinal)]))
        {
            text.Append($"\n## {section.Key}\n\n{options.About(section.Key)}\n\n| key | type | default | meaning |\n|---|---|---|---|\n");
            foreach (var option in section.Select(setting => options.Find(setting.Key)))
                text.Append($"| `{option.Key}` | {Cell(option.Type)} | {Code(option.Default)} | {Cell(option.Meaning)} |\n");
        }

        return text.Append(End).ToString();
    }

    private static string Code(string value) => value.Length == 0 ? "" : $"`{Cell(value)}`";

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
