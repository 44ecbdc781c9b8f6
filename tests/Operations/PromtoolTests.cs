using System.Diagnostics;
using System.Text.Json;

namespace CivicSignals.Tests.Operations;

/// <summary>Prometheus' own check of the rules; skipped where it is not installed (Debian's package prometheus).</summary>
public sealed class PromtoolTests
{
    [Fact]
    public async Task Rules_Checked_AreSound()
    {
        var (code, said) = await RunAsync("check", "rules", Repository.PathOf(RuleFile.Path));
        Assert.True(code == 0, said);
    }

    [Fact]
    public async Task Rules_Tested_AlertWhenTheyShouldAndOnlyThen()
    {
        var (code, said) = await RunAsync("test", "rules", Repository.PathOf("tests/Operations/prometheus-rules-tests.yml"));
        Assert.True(code == 0, said);
    }

    [Fact]
    public async Task Dashboard_Queries_AreSoundToo()
    {
        var queries = DashboardFile.Queries().Where(query => !query.StartsWith("label_values", StringComparison.Ordinal))
            .Select(query => query.Replace("$__rate_interval", "1m", StringComparison.Ordinal));
        var file = Path.Combine(Path.GetTempPath(), $"dashboard-{Guid.NewGuid():N}.yml");
        await File.WriteAllLinesAsync(file, queries.Select((query, i) => $"    - {{ record: \"query:{i}\", expr: {JsonSerializer.Serialize(query)} }}")
            .Prepend("    rules:").Prepend("  - name: dashboard").Prepend("groups:"));
        try
        {
            var (code, said) = await RunAsync("check", "rules", file);
            Assert.True(code == 0, said);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<(int Code, string Said)> RunAsync(params string[] arguments)
    {
        var program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "promtool")).FirstOrDefault(File.Exists);
        Assert.SkipWhen(program is null, "promtool is not installed");
        using var process = Process.Start(new ProcessStartInfo(program!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return (process.ExitCode, await output + await errors);
    }
}
