using System.Globalization;
using CivicSignals.Fusion;
using CivicSignals.Incidents;
using CivicSignals.Learning;
using CivicSignals.Ledger;
using CivicSignals.Signals;
using CivicSignals.Silo.CommandLine;
using CivicSignals.Tests.Areas;
using CivicSignals.Tests.Silo.Storage;
using CivicSignals.Tests.Silo.Storage.Postgres;
using Microsoft.Extensions.Time.Testing;

namespace CivicSignals.Tests.Learning;

/// <summary>The command on a ledger that was made by the area core, with verdicts whose truth is known.</summary>
public sealed class ReestimateTests : IDisposable
{
    private static readonly FusionModel Present = FusionModel.Bundled();

    private readonly string _folder = Directory.CreateTempSubdirectory("reestimate-").FullName;

    private string Candidate => Path.Combine(_folder, "candidate.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Run_AlarmsRealMoreOftenThanBelieved_MovesTheRatioTowardTheTruthAndSaysWhatChanges()
    {
        // Automatic fire alarms: believed real once in 50, found real three times in four. Glass breaks: believed in 55, said nothing of.
        await WriteAsync("fire.alarm-system", 40, real: i => i % 4 != 0);

        var (code, printed) = await RunAsync();

        Assert.Equal(0, code);
        Assert.StartsWith("40 incidents with a person's verdict; 1 of 1 ratios move", printed, StringComparison.Ordinal);
        var model = FusionModel.Parse(File.ReadAllBytes(Candidate));
        Assert.Equal($"{Present.Version}-outcomes.20261130", model.Version);
        Assert.InRange(model.Kinds["fire.alarm-system"].LnLr[Hazard.Fire], 16.5, 14.58 + Estimates.MostShift);
        Assert.Equal(Present.Kinds["fire.smoke"], model.Kinds["fire.smoke"] with { LnLr = Present.Kinds["fire.smoke"].LnLr });
        Assert.True(model.Reliability.Families["home"].Right > 5, "prior of homes");
        Assert.Contains("by 40 outcomes, 30 of them real", model.Kinds["fire.alarm-system"].Source, StringComparison.Ordinal);

        var report = File.ReadAllText(Path.ChangeExtension(Candidate, ".md"));
        Assert.Contains("| `fire.alarm-system` | Fire | 40 | 30 |", report, StringComparison.Ordinal);
        Assert.DoesNotContain("homes/", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_RatioFalls_NamesTheIncidentsThatNobodyWouldBeToldOf()
    {
        await WriteAsync("fire.alarm-system", 200, real: _ => false);
        await RunAsync();

        var model = FusionModel.Parse(File.ReadAllBytes(Candidate));
        Assert.True(model.Kinds["fire.alarm-system"].LnLr[Hazard.Fire] < 14.4);
        var report = File.ReadAllText(Path.ChangeExtension(Candidate, ".md"));
        Assert.Contains("200 of 200 recorded incidents", report, StringComparison.Ordinal);
        Assert.Contains("| Fire | false alarm |", report, StringComparison.Ordinal);
        Assert.Contains("| control room | nobody | as before |", report, StringComparison.Ordinal);
        Assert.Contains("150 more.", report, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 0.45)]
    [InlineData(3, 1.0)]
    public async Task Run_FewOutcomes_MoveLittle(int count, double most)
    {
        await WriteAsync("fire.alarm-system", count, real: _ => true);
        await RunAsync();
        Assert.InRange(FusionModel.Parse(File.ReadAllBytes(Candidate)).Kinds["fire.alarm-system"].LnLr[Hazard.Fire] - 14.58, 0.01, most);
    }

    [Fact]
    public async Task Run_NoVerdicts_WritesTheModelAsItIs()
    {
        await WriteAsync("fire.smoke", 3, real: _ => null);
        var (_, printed) = await RunAsync();
        Assert.StartsWith("0 incidents with a person's verdict; 0 of 0 ratios move; 0 of 3 decisions would change", printed, StringComparison.Ordinal);
        Assert.Equal(Present.Kinds.Keys.Order(StringComparer.Ordinal), FusionModel.Parse(File.ReadAllBytes(Candidate)).Kinds.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Estimate_AsManyRealAsExpected_DoesNotMove()
    {
        var tally = new OutcomeTally(Present);
        for (var i = 0; i < 100; i++)
        {
            var evidence = Evidence.Of(Scene.Home($"p{i}", "a", "fire.vehicle", 0)); // Even odds.
            var incident = new Incident { Id = $"i{i}", Hazard = Hazard.Fire, OpenedAt = Scene.Start, Evidence = [evidence], Model = "" };
            tally.Take(new RecordedMoment(Scene.Start, incident, null));
            tally.Take(new RecordedMoment(Scene.Start, incident with { Stage = Stage.Closed }, i % 2 == 0 ? Verdict.Real : Verdict.FalseAlarm));
        }

        var estimate = Assert.Single(Estimates.OfKinds(tally, Present));
        Assert.InRange(estimate.New, estimate.Old - 0.15, estimate.Old + 0.15); // The hour's prior is not even.
        Assert.InRange(estimate.Old, estimate.Lower, estimate.Upper);
        Assert.InRange(estimate.Outcomes.Expected, 47, 53);
    }

    [Fact]
    public async Task Run_OnPostgres_EstimatesAsOnSqlite()
    {
        var server = await PostgresServer.SharedAsync();
        var database = await server.CreateDatabaseAsync();
        await WriteAsync("fire.alarm-system", 40, real: i => i % 4 != 0);
        await using (var silo = PostgresSilo.Open(server.To(database)))
            await silo.Store.Ledger.CommitAsync(Commit("fire.alarm-system", 40, real: i => i % 4 != 0));

        await RunAsync();
        var expected = File.ReadAllBytes(Candidate);
        var (code, printed) = await RunAsync("--Ledger:ConnectionString", server.To(database), "--output", Candidate);

        Assert.Equal(0, code);
        Assert.StartsWith("40 incidents with a person's verdict", printed, StringComparison.Ordinal);
        Assert.Equal(expected, File.ReadAllBytes(Candidate));
        await server.DropDatabaseAsync(database);
    }

    [Fact]
    public async Task Run_WrongArguments_AreExplainedInOneLine()
    {
        Assert.Equal((2, "reestimate needs --output CANDIDATE.json"), await RunAsync("--ledger", "x"));
        Assert.Equal((1, "Ledger:ConnectionString: is empty; name a ledger of SQLite with --ledger FILE"), await RunAsync("--output", Candidate));
        Assert.Equal((2, "--output must be a .json file; the report goes beside it"), await RunAsync("--ledger", "x", "--output", "y.md"));
        Assert.Equal((1, "--ledger: there is no file nowhere.db"), await RunAsync("--ledger", "nowhere.db", "--output", Candidate));
        File.WriteAllText(Path.Combine(_folder, "no.db"), "no ledger at all, but long enough to be looked at");
        var (code, errors) = await RunAsync("--ledger", Path.Combine(_folder, "no.db"), "--output", Candidate);
        Assert.Equal(1, code);
        Assert.EndsWith("is no ledger, or cannot be read now", errors, StringComparison.Ordinal);
        Assert.False(File.Exists(Candidate));
    }

    /// <summary>A ledger of alarms in different homes, a day apart; of each what a person found, or null.</summary>
    private async Task WriteAsync(string kind, int count, Func<int, bool?> real)
    {
        await using var store = SqliteStores.Open(Path.Combine(_folder, "data"));
        await store.Ledger.CommitAsync(Commit(kind, count, real));
    }

    private static AreaCommit Commit(string kind, int count, Func<int, bool?> real)
    {
        var scene = new Scene();
        for (var i = 0; i < count; i++)
        {
            var minutes = i * 1440.0;
            var at = Scene.Start.AddMinutes(minutes);
            scene.Tick(at);
            scene.Hear(at, Scene.Home($"p{i}", "panel", kind, minutes));
            if (real(i) is { } isReal)
            {
                scene.Act(at.AddMinutes(1), scene.State.Open[0].Id, isReal ? ActionVerb.Confirm : ActionVerb.FalseAlarm);
                if (isReal)
                    scene.Act(at.AddMinutes(30), scene.State.Open[0].Id, ActionVerb.AllClear);
            }
        }

        scene.Tick(Scene.Start.AddMinutes((count + 1) * 1440.0));
        return new AreaCommit("03131113", 0, "{}"u8.ToArray(), null, scene.Entries);
    }

    private Task<(int Code, string Printed)> RunAsync() => RunAsync("--ledger", Path.Combine(_folder, "data", "ledger.db"), "--output", Candidate);

    private static async Task<(int Code, string Printed)> RunAsync(params string[] arguments)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.Parse("2026-11-30T12:00:00Z", CultureInfo.InvariantCulture));
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await new Commands(new ReestimateVerb(clock)).RunAsync(["reestimate", .. arguments], output, errors);
        return (code, code == 0 ? output.ToString() : errors.ToString().TrimEnd());
    }
}
