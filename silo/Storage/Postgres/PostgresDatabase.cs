using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using CivicSignals.Ledger;
using Npgsql;

namespace CivicSignals.Silo.Storage.Postgres;

/// <summary>Reads and writes by statements, each on a connection of the pool. What is written is on disk when the task completes.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore's wait handle is never asked for: there is nothing to dispose.")]
internal sealed class PostgresDatabase(NpgsqlDataSource source)
{
    /// <summary>When the database falls silent, each of those under way takes seconds to fail: who waits behind them is told after so long, too.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Statements under way at a time: when ten thousand gateways come back at once, theirs wait here, and not for a connection, which a pool gives up on after three
    /// seconds. Some of the pool is left to others.
    /// </summary>
    private readonly SemaphoreSlim _turns = new(12);

    /// <summary>Every row of a query.</summary>
    /// <exception cref="LedgerUnavailableException">The database cannot be read now.</exception>
    public async Task<IReadOnlyList<T>> ReadAsync<T>(Statement statement, Func<NpgsqlDataReader, T> map, CancellationToken cancellation)
    {
        using var turn = await TurnAsync(cancellation).ConfigureAwait(false);
        try
        {
            await using var batch = source.CreateBatch();
            batch.BatchCommands.Add(statement.ToCommand());
            if (statement.TakesLong)
                batch.Timeout = 0;
            await using var row = await batch.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            var all = new List<T>();
            while (await row.ReadAsync(cancellation).ConfigureAwait(false))
                all.Add(map(row));
            return all;
        }
        catch (Exception e) when (IsOfTheDatabase(e))
        {
            throw new LedgerUnavailableException("the ledger cannot be read", e);
        }
    }

    /// <summary>The first row of a query, or the default.</summary>
    /// <exception cref="LedgerUnavailableException">The database cannot be read now.</exception>
    public async Task<T?> FirstAsync<T>(Statement statement, Func<NpgsqlDataReader, T> map, CancellationToken cancellation) =>
        await ReadAsync(statement, map, cancellation).ConfigureAwait(false) is [var first, ..] ? first : default;

    /// <summary>Runs statements, all or none, in one round trip.</summary>
    /// <returns>How many rows the last one changed.</returns>
    /// <exception cref="LedgerUnavailableException">Unknown outcome; the database could not be written.</exception>
    public async Task<int> WriteAsync(params IReadOnlyList<Statement> statements)
    {
        if (statements.Count == 0)
            return 0;
        using var turn = await TurnAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            await using var batch = source.CreateBatch(); // Without a transaction of its own, a batch is one.
            foreach (var statement in statements)
                batch.BatchCommands.Add(statement.ToCommand());
            await batch.ExecuteNonQueryAsync().ConfigureAwait(false);
            return (int)batch.BatchCommands[^1].RecordsAffected;
        }
        catch (Exception e) when (IsOfTheDatabase(e))
        {
            throw new LedgerUnavailableException("the ledger cannot be written", e);
        }
    }

    /// <summary>Runs something that takes a connection for itself.</summary>
    /// <exception cref="LedgerUnavailableException">Unknown outcome; the database could not be written.</exception>
    public async Task<T> WithConnectionAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellation)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellation).ConfigureAwait(false);
            return await work(connection).ConfigureAwait(false);
        }
        catch (Exception e) when (IsOfTheDatabase(e))
        {
            throw new LedgerUnavailableException("the ledger cannot be written", e);
        }
    }

    private async ValueTask<Turn> TurnAsync(CancellationToken cancellation)
    {
        return await _turns.WaitAsync(Patience, cancellation).ConfigureAwait(false)
            ? new(_turns)
            : throw new LedgerUnavailableException("too many statements wait for the ledger");
    }

    private static bool IsOfTheDatabase(Exception e) =>
        e is NpgsqlException or TimeoutException or SocketException or IOException or ObjectDisposedException;

    private readonly struct Turn(SemaphoreSlim turns) : IDisposable
    {
        public void Dispose() => turns.Release();
    }
}
