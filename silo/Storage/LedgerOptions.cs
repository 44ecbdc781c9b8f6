using CivicSignals.Silo.Storage.Postgres;

namespace CivicSignals.Silo.Storage;

/// <summary>Where the ledger is kept. Section <c>Ledger</c>.</summary>
public sealed class LedgerOptions
{
    /// <summary>The key of <see cref="ConnectionString"/>, for messages.</summary>
    public const string Key = "Ledger:ConnectionString";

    /// <summary>PostgreSQL connection string, which <c>migrate</c> has made the tables for; empty: SQLite in the data folder. Default empty.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>Size, in MiB, beyond which the SQLite file does not grow: commits fail instead of filling the disk. 0: no bound. Default 0.</summary>
    public int MaxMiB { get; set; }

    /// <summary>What is wrong, each line naming its key.</summary>
    public IEnumerable<string> Problems()
    {
        if (ConnectionString.Length > 0 && PostgresSource.Parse(ConnectionString) is null)
            yield return PostgresSource.NotParsed;
        if (MaxMiB < 0)
            yield return $"Ledger:MaxMiB: {MaxMiB} is not a size (0 or more)";
    }
}
