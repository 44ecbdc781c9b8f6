using CivicSignals.Faults;
using CivicSignals.Faults.Kinds;

namespace CivicSignals.Tests.Integration.Cluster;

/// <summary>
/// Three silos, PostgreSQL and Mosquitto in processes of their own, under load: what is acknowledged is kept, and what is alerted is alerted once, whatever dies.
/// Each kind fifty times: <c>dotnet run -c Release --project tests/Faults -- run</c>.
/// </summary>
[Collection(PlatformCollection.Name)]
public sealed class ClusterFaultTests
{
    private const int Seed = 20260110;

    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "CivicSignals.Silo.dll");

    private static readonly string[] Modest = ["kill-silo", "stop-database", "rolling-restart"];
    private static readonly string[] Full = ["kill-silo", "kill-database", "kill-silo", "stop-database", "kill-all", "kill-database", "cut-silo", "rolling-restart"];

    [Fact]
    public async Task Faults_UnderLoad_LoseAndDoubleNothing()
    {
        var (names, rounds) = FullSize.Or(0, full: 1) == 0 ? (Modest, 1) : (Full, 5);
        var kinds = names.Select(FaultKinds.Named).ToList();
        var missing = kinds.Select(kind => kind.Missing()).FirstOrDefault(reason => reason is not null);
        Assert.SkipWhen(missing is not null, missing ?? "");
        var folder = Path.Combine(Path.GetTempPath(), $"civic-faults-{Guid.NewGuid():N}");

        var report = await FaultRun.RunAsync(
            [.. Enumerable.Repeat(kinds, rounds).SelectMany(some => some)], Program, folder, Seed, line => TestContext.Current.TestOutputHelper?.WriteLine(line));

        Assert.True(report.Passed, $"{string.Join('\n', report.Wrong)}\ndata and logs: {folder}");
        Assert.True(report.Verdict.Acknowledged > 100, $"only {report.Verdict.Acknowledged} messages were acknowledged: that was no load");
        Assert.True(report.Verdict.Fires > 0 && report.Verdict.Alerts >= report.Verdict.Fires, $"{report.Verdict.Fires} fires, {report.Verdict.Alerts} alerts");
        Directory.Delete(folder, recursive: true);
    }
}
