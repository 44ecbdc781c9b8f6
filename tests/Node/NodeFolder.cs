using System.ComponentModel;
using System.Diagnostics;

namespace CivicSignals.Tests.Node;

/// <summary>A folder beside the tests with scripts for Node and the <c>package.json</c> of what they need. Used by one test class at a time.</summary>
internal sealed class NodeFolder(string name)
{
    public string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, name);

    public string File(string file) => System.IO.Path.Combine(Path, file);

    /// <summary>Installs what the scripts need, once. The test is skipped where there is no Node or no registry to install from.</summary>
    public async Task InstallAsync(CancellationToken cancellation)
    {
        var installed = File("node_modules/.package-lock.json");
        if (System.IO.File.Exists(installed) && System.IO.File.GetLastWriteTimeUtc(installed) >= System.IO.File.GetLastWriteTimeUtc(File("package.json")))
            return;
        var (code, _, error) = await RunAsync("npm", "install --no-package-lock --no-audit --no-fund --ignore-scripts --loglevel=error", cancellation);
        Assert.SkipUnless(code == 0, $"npm could not install what {name} needs: {error}");
    }

    /// <summary>Runs a script; what it printed.</summary>
    public async Task<string> RunAsync(string script, CancellationToken cancellation)
    {
        var (code, output, error) = await RunAsync("node", script, cancellation);
        Assert.True(code == 0, error);
        return output;
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(string command, string arguments, CancellationToken cancellation)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(command, arguments) { WorkingDirectory = Path, RedirectStandardOutput = true, RedirectStandardError = true },
        };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            Assert.Skip($"no {command}");
        }

        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = await process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, await output, error);
    }
}
