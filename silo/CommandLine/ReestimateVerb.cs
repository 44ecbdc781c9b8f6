using CivicSignals.Alerts;
using CivicSignals.Fusion;
using CivicSignals.Learning;
using CivicSignals.Ledger;
using CivicSignals.Silo.Hosting;
using CivicSignals.Silo.Storage;
using CivicSignals.Silo.Storage.Postgres;
using CivicSignals.Silo.Storage.Sqlite;

namespace CivicSignals.Silo.CommandLine;

/// <summary>Estimates the fusion model's numbers anew from what people found, into a candidate file and a report beside it. Changes nothing else.</summary>
internal sealed class ReestimateVerb(TimeProvider time) : IVerb
{
    private const int Page = 1000;

    public string Name => "reestimate";

    public string Usage => "[--ledger FILE] --output CANDIDATE.json";

    public string Summary => "estimate the fusion model's numbers anew from the outcomes in a ledger.db, or else in the PostgreSQL database: a candidate file, and a report beside it (.md)";

    public async Task<int> RunAsync(string[] arguments, TextWriter output)
    {
        var parsed = Arguments.Parse(arguments, "ledger", "output").WithoutOperands();
        if (parsed.Option("output") is not { Length: > 0 } candidate)
            throw new UsageException("reestimate needs --output CANDIDATE.json");
        if (!candidate.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            throw new UsageException("--output must be a .json file; the report goes beside it");
        try
        {
            await (parsed.Option("ledger") is { Length: > 0 } ledger ? OfFileAsync(ledger, candidate, output) : OfDatabaseAsync(parsed.Configuration, candidate, output));
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"--output: {candidate}: {e.Message}", e);
        }
    }

    private async Task OfFileAsync(string ledger, string candidate, TextWriter output)
    {
        if (!File.Exists(ledger))
            throw new StartException($"--ledger: there is no file {ledger}");
        var file = new SqliteFile(ledger, 0);
        try
        {
            Check(file, ledger);
            await EstimateAsync(new SqliteLedgerReader(file), candidate, output);
        }
        catch (LedgerUnavailableException e)
        {
            throw new StartException($"--ledger: {ledger} is no ledger, or cannot be read now", e);
        }
        finally
        {
            file.ReleaseReaders();
        }
    }

    private async Task OfDatabaseAsync(string[] configuration, string candidate, TextWriter output)
    {
        await using var source = ConfiguredDatabase.Source(configuration, "name a ledger of SQLite with --ledger FILE");
        await using (var connection = source.OpenAtStart())
            PostgresSchema.Check(connection);
        try
        {
            await EstimateAsync(new PostgresLedgerReader(new PostgresDatabase(source)), candidate, output);
        }
        catch (LedgerUnavailableException e)
        {
            throw new StartException($"{LedgerOptions.Key}: the database cannot be read now", e);
        }
    }

    private static void Check(SqliteFile file, string ledger)
    {
        var (version, newest) = (file.Read("SELECT ifnull(max(version), 0) FROM schema", row => row.All(read => read.GetInt64(0))[0]), Schema.Migrations[^1].Version);
        if (version != newest)
            throw new StartException($"--ledger: {ledger} has schema version {version}, this release reads {newest}; start the platform on it once, or use the release that wrote it");
    }

    private async Task EstimateAsync(ILedgerReader reader, string path, TextWriter output)
    {
        var present = FusionModel.Bundled();
        var tally = new OutcomeTally(present);
        await ReadAsync(reader, tally.Take);
        var (kinds, priors) = (Estimates.OfKinds(tally, present), Estimates.OfPriors(tally, present));
        var bytes = CandidateModel.Write(CandidateModel.Present(), kinds, priors, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));
        var candidate = FusionModel.Parse(bytes);
        var decisions = new DecisionComparison(present, candidate, AlertPolicy.Bundled());
        await ReadAsync(reader, decisions.Take);

        var report = Path.ChangeExtension(path, ".md");
        await File.WriteAllBytesAsync(path, bytes);
        await File.WriteAllTextAsync(report, EstimateReport.Write(present.Version, candidate.Version, tally, kinds, priors, decisions));
        await output.WriteLineAsync($"""
            {tally.Count} incidents with a person's verdict; {kinds.Count(kind => kind.New != kind.Old)} of {kinds.Count} ratios move; {decisions.Changed.Count} of {decisions.Count} decisions would change
              candidate  {Path.GetFullPath(path)}
              report     {Path.GetFullPath(report)}
            """);
    }

    private static async Task ReadAsync(ILedgerReader reader, Action<RecordedMoment> take)
    {
        var history = new History();
        var after = 0L;
        while (await reader.ReadAsync(after, TailScope.Everything, Page, CancellationToken.None) is { Count: > 0 } entries)
        {
            after = entries[^1].Seq;
            foreach (var entry in entries)
            {
                if (history.Take(entry) is { } moment)
                    take(moment);
            }
        }
    }
}
