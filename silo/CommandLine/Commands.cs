using CivicSignals.Silo.Hosting;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace CivicSignals.Silo.CommandLine;

/// <summary>Finds the verb, runs it, and turns expected failures into one line and an exit code: 2 for the command line, 1 for the configuration.</summary>
/// <param name="verbs">All verbs but <c>help</c>; the one without a name runs when none is given.</param>
internal sealed class Commands(params IReadOnlyList<IVerb> verbs)
{
    private const string Program = "dotnet run --project silo --";

    public async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter errors)
    {
        try
        {
            var isVerb = arguments.Length > 0 && !arguments[0].StartsWith('-');
            var name = isVerb ? arguments[0] : "";
            if (name == "help" || arguments is ["--help" or "-h" or "-?", ..])
                return await HelpAsync(output);
            var verb = verbs.FirstOrDefault(verb => verb.Name == name)
                ?? throw new UsageException($"unknown verb '{name}'; '{Program} help' lists all");
            return await verb.RunAsync(isVerb ? arguments[1..] : arguments, output);
        }
        catch (UsageException e)
        {
            await errors.WriteLineAsync(e.Message);
            return 2;
        }
        catch (Exception e) when (Explain(e) is { } explanation)
        {
            await errors.WriteLineAsync(explanation);
            return 1;
        }
    }

    private static string? Explain(Exception failure) => failure switch
    {
        StartException e => e.Message,
        OptionsValidationException e => string.Join(Environment.NewLine, e.Failures),
        AggregateException e when e.InnerExceptions.All(inner => Explain(inner) is not null) =>
            string.Join(Environment.NewLine, e.InnerExceptions.Select(Explain)),
        IOException { InnerException: AddressInUseException } e => $"Http:Port or Mqtt:Port: {e.Message}",
        _ => null,
    };

    private async Task<int> HelpAsync(TextWriter output)
    {
        await output.WriteLineAsync("Civic Signals: from raw signals to a confirmed incident.\n\nVerbs");
        foreach (var verb in verbs)
            await output.WriteLineAsync($"  {$"{Program} {verb.Name} {verb.Usage}".TrimEnd()}\n      {verb.Summary}");
        await output.WriteLineAsync($"  {Program} help\n      print this");
        await output.WriteLineAsync("\nOptions of every verb that serves: --Section:Key VALUE, or Section__Key in the environment, or appsettings.json");
        foreach (var setting in Setting.All)
        {
            var fallback = setting.Default.Length == 0 ? "" : $" (default {setting.Default})";
            await output.WriteLineAsync($"  --{setting.Key,-25} {setting.Meaning}{fallback}");
        }

        return 0;
    }
}
