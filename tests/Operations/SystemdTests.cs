using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using CivicSignals.Tests.Silo.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CivicSignals.Tests.Operations;

/// <summary>The service units.</summary>
public sealed class SystemdTests
{
    private const string Analyze = "/usr/bin/systemd-analyze";

    public static TheoryData<string> Units { get; } = ["docs/operations/systemd/civic-signals.service", "docs/operations/systemd/civic-signals@.service"];

    [Fact]
    public async Task Units_StopTimeout_IsLongerThanThePlatformTakes()
    {
        await using var platform = await RunningPlatform.StartAsync();
        var takes = platform.App.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout;

        Assert.All(Units, unit =>
        {
            var seconds = Regex.Match(Repository.Read(unit.Data), "^TimeoutStopSec=([0-9]+)$", RegexOptions.Multiline).Groups[1].Value;
            Assert.True(TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)) > takes, $"{unit.Data}: {seconds} s, and the platform may take {takes}");
        });
    }

    [Theory]
    [MemberData(nameof(Units))]
    public async Task Unit_Analyzed_IsHardened(string unit)
    {
        Assert.SkipUnless(File.Exists(Analyze), "systemd is not installed");
        using var process = Process.Start(new ProcessStartInfo(Analyze, ["security", "--no-pager", "--offline=true", "--threshold=20", Repository.PathOf(unit)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));

        Assert.True(process.ExitCode == 0, await output + await errors);
    }
}
