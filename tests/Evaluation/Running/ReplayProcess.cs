using System.Diagnostics;
using CivicSignals.Evaluation.Days;

namespace CivicSignals.Evaluation.Running;

/// <summary>Runs a day through the built platform's <c>replay</c> verb, as an outsider would.</summary>
/// <param name="silo">The platform's assembly.</param>
internal sealed class ReplayProcess(string silo)
{
    /// <summary>Replays a day that lies in a folder.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message holds the end of what it said.</exception>
    public Decisions Run(string folder)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in (string[])
            [
                silo, "replay", Path.Combine(folder, DayFiles.Recording), "--registry", Path.Combine(folder, DayFiles.Registry),
                "--neighbourhoods", Path.Combine(folder, DayFiles.Neighbourhoods), "--gazetteer", Path.Combine(folder, DayFiles.Gazetteer),
            ])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var complaints = process.StandardError.ReadToEndAsync();
        var reader = new DecisionReader();
        while (process.StandardOutput.ReadLine() is { } line)
            reader.Take(line);
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"replay ended with {process.ExitCode}: {complaints.Result[^Math.Min(500, complaints.Result.Length)..]}");
        return reader.Decisions;
    }
}
