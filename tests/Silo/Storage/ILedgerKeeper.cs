using CivicSignals.Silo.Storage;

namespace CivicSignals.Tests.Silo.Storage;

/// <summary>One ledger of one database, for one test.</summary>
public interface ILedgerKeeper
{
    /// <summary>The store, while it is open.</summary>
    ILedgerStore Store { get; }

    /// <summary>Opens it; a second time, the same one again. Skips the test where the database is absent.</summary>
    ValueTask OpenAsync();

    /// <summary>Closes it in order. Harmless when closed.</summary>
    ValueTask CloseAsync();

    /// <summary>Removes what it left behind.</summary>
    ValueTask DeleteAsync();

    /// <summary>Every file that holds what is kept, with all on disk that will go there.</summary>
    Task<IReadOnlyList<string>> FilesAsync();

    /// <summary>Bytes that the tables take on disk, as they are when nobody but the database itself tidies up.</summary>
    Task<long> SizeAsync();
}
