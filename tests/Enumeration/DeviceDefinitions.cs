using System.ComponentModel;
using System.Diagnostics;

namespace CivicSignals.Tests.Enumeration;

/// <summary>All definitions of the npm package that <c>package.json</c> names. It is installed beside the tests, once.</summary>
internal static class DeviceDefinitions
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Enumeration");

    /// <summary>Where a summary goes.</summary>
    public static string Report { get; } = Path.Combine(Folder, "summary.md");

    public static async Task<List<DeviceDefinition>> LoadAsync(CancellationToken cancellation)
    {
        var installed = Path.Combine(Folder, "node_modules", ".package-lock.json");
        if (!File.Exists(installed) || File.GetLastWriteTimeUtc(installed) < File.GetLastWriteTimeUtc(Path.Combine(Folder, "package.json")))
            await RunAsync("npm", "install --no-package-lock --no-audit --no-fund --ignore-scripts --loglevel=error", cancellation);
        await RunAsync("node", "definitions.mjs . definitions.jsonl", cancellation);
        var lines = await File.ReadAllLinesAsync(Path.Combine(Folder, "definitions.jsonl"), cancellation);
        return [.. lines.Select(DeviceDefinition.Parse)];
    }

    /// <summary>Runs a command of Node; the test is skipped where there is none, or no registry to install from.</summary>
    private static async Task RunAsync(string command, string arguments, CancellationToken cancellation)
    {
        using var process = new Process { StartInfo = new ProcessStartInfo(command, arguments) { WorkingDirectory = Folder, RedirectStandardError = true } };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            Assert.Skip($"no {command}");
        }

        var error = await process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        Assert.SkipUnless(process.ExitCode == 0 || command == "node", $"npm could not install the definitions: {error}");
        Assert.True(process.ExitCode == 0, error);
    }
}
