using CivicSignals.Silo.Storage;
using CivicSignals.Silo.Storage.Sqlite;

namespace CivicSignals.Tests.Silo.Storage;

/// <summary>A ledger on SQLite.</summary>
internal sealed class SqliteLedgerKeeper : ILedgerKeeper
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ledger-").FullName;
    private SqliteStore? _store;

    public ILedgerStore Store => _store ?? throw new InvalidOperationException("the ledger is closed");

    public ValueTask OpenAsync()
    {
        _store = SqliteStores.Open(_folder);
        return ValueTask.CompletedTask;
    }

    public async ValueTask CloseAsync()
    {
        if (_store is not null)
            await _store.DisposeAsync();
        _store = null;
    }

    public ValueTask DeleteAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    public Task<IReadOnlyList<string>> FilesAsync() =>
        Task.FromResult<IReadOnlyList<string>>([.. Directory.GetFiles(_folder).Where(path => Path.GetFileName(path) != "lock")]);

    public Task<long> SizeAsync() => Task.FromResult(new FileInfo(Path.Combine(_folder, "ledger.db")).Length);
}
