using CivicSignals.Ledger;
using CivicSignals.Silo.Storage;

namespace CivicSignals.Tests.Silo.Storage;

public sealed class SqliteLedgerTests : LedgerSuite
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ledger-").FullName;
    private SqliteStore? _store;

    protected override ILedger Ledger => Store.Ledger;
    protected override ILedgerReader Reader => Store.Reader;
    protected override IUserStore Users => Store.Users;
    protected override IGatewayMemory Gateways => Store.Gateways;

    private SqliteStore Store => _store ?? throw new InvalidOperationException("the ledger is closed");

    protected override ValueTask OpenAsync()
    {
        _store = SqliteStores.Open(_folder);
        return ValueTask.CompletedTask;
    }

    protected override async ValueTask CloseAsync()
    {
        if (_store is not null)
            await _store.DisposeAsync();
        _store = null;
    }

    protected override ValueTask DeleteAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
