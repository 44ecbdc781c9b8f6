using CivicSignals.Ledger;
using CivicSignals.Silo.Storage.Sqlite;

namespace CivicSignals.Tests.Silo.Storage;

/// <summary>A ledger on SQLite.</summary>
internal sealed class SqliteLedgerKeeper : ILedgerKeeper
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ledger-").FullName;
    private SqliteStore? _store;

    public ILedger Ledger => Store.Ledger;
    public ILedgerReader Reader => Store.Reader;
    public IUserStore Users => Store.Users;
    public IGatewayMemory Gateways => Store.Gateways;
    public IRegistryStore Homes => Store.Homes;
    public IPostStore Posts => Store.Posts;
    public IQuestionStore Questions => Store.Questions;
    public INoticeStore Notices => Store.Notices;
    public IFeedItemStore FeedItems => Store.FeedItems;

    private SqliteStore Store => _store ?? throw new InvalidOperationException("the ledger is closed");

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
}
