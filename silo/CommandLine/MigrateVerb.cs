using CivicSignals.Silo.Hosting;
using CivicSignals.Silo.Storage;
using CivicSignals.Silo.Storage.Postgres;
using Npgsql;

namespace CivicSignals.Silo.CommandLine;

/// <summary>Makes the tables of the PostgreSQL database, or brings them up to date.</summary>
internal sealed class MigrateVerb : IVerb
{
    public string Name => "migrate";

    public string Usage => "[--Ledger:ConnectionString \"Host=…\"]";

    public string Summary => "make the ledger's tables in PostgreSQL, or bring them up to date; once before the silos of a new release start";

    public async Task<int> RunAsync(string[] arguments, TextWriter output)
    {
        var parsed = Arguments.Parse(arguments).WithoutOperands();
        await using var source = ConfiguredDatabase.Source(parsed.Configuration, "a ledger on SQLite is brought up to date when the platform starts");
        await using var connection = source.OpenAtStart();
        await output.WriteLineAsync(Migrate(connection));
        return 0;
    }

    private static string Migrate(NpgsqlConnection connection)
    {
        var where = $"{connection.Database} at {connection.Host}";
        try
        {
            return PostgresSchema.Migrate(connection, PostgresSchema.Migrations) switch
            {
                (0, var after) => $"{where}: made the tables, schema version {after}",
                var (before, after) when before == after => $"{where}: is up to date, schema version {after}",
                var (before, after) => $"{where}: brought from schema version {before} to {after}",
            };
        }
        catch (NpgsqlException e)
        {
            throw new StartException($"{LedgerOptions.Key}: {where} was not migrated, and is as it was: {PostgresSource.Reason(e)}", e);
        }
    }
}
