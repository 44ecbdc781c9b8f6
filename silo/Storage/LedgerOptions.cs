namespace CivicSignals.Silo.Storage;

/// <summary>Where the ledger is kept. Section <c>Ledger</c>.</summary>
public sealed class LedgerOptions
{
    /// <summary>PostgreSQL connection string; empty: SQLite in the data folder. Default empty.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>Size, in MiB, beyond which the SQLite file does not grow: commits fail instead of filling the disk. 0: no bound. Default 0.</summary>
    public int MaxMiB { get; set; }

    /// <summary>What is wrong, each line naming its key.</summary>
    public IEnumerable<string> Problems()
    {
        if (ConnectionString.Length > 0)
            yield return "Ledger:ConnectionString: PostgreSQL is not supported yet; leave it empty to keep the ledger in Data:Path";
        if (MaxMiB < 0)
            yield return $"Ledger:MaxMiB: {MaxMiB} is not a size (0 or more)";
    }
}
