using CivicSignals.Silo.Storage;

namespace CivicSignals.Tests.Silo.Storage.Postgres;

/// <summary>A ledger on PostgreSQL, in a database of its own.</summary>
internal sealed class PostgresLedgerKeeper : ILedgerKeeper
{
    private PostgresServer? _server;
    private string? _database;
    private PostgresSilo? _silo;

    public ILedgerStore Store => _silo?.Store ?? throw new InvalidOperationException("the ledger is closed");

    public async ValueTask OpenAsync()
    {
        _server ??= await PostgresServer.SharedAsync();
        _database ??= await _server.CreateDatabaseAsync();
        _silo = PostgresSilo.Open(_server.To(_database));
    }

    public async ValueTask CloseAsync()
    {
        if (_silo is not null)
            await _silo.DisposeAsync();
        _silo = null;
    }

    public async ValueTask DeleteAsync()
    {
        if (_database is not null)
            await _server!.DropDatabaseAsync(_database);
    }

    public async Task<IReadOnlyList<string>> FilesAsync()
    {
        // What is erased stays in free space until that is used: rewritten whole, there is none.
        await _server!.ExecuteAsync(_database!, "VACUUM FULL");
        await _server.ExecuteAsync(_database!, "CHECKPOINT");
        var folder = await _server.ExecuteAsync(_database!, "SELECT oid FROM pg_database WHERE datname = current_database()");
        return Directory.GetFiles(Path.Combine(_server.Data, "base", $"{folder}"));
    }

    public async Task<long> SizeAsync()
    {
        await _server!.ExecuteAsync(_database!, "VACUUM"); // As autovacuum does, only now.
        return (long)(await _server.ExecuteAsync(_database!, "SELECT pg_database_size(current_database())"))!;
    }
}
