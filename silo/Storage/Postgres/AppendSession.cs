using CivicSignals.Ledger;
using Npgsql;

namespace CivicSignals.Silo.Storage.Postgres;

/// <summary>The writer's open connection with its prepared statements. Used by the writer thread only.</summary>
internal sealed class AppendSession : IDisposable
{
    /// <summary>
    /// A silo that vanishes amid a transaction must not keep its areas from the silo that takes them over. And the joins of the statements below are
    /// to follow their arrays, in order, whatever the planner thinks of the tables; with what it cannot avoid thought dear, it would compile every statement.
    /// </summary>
    private const string Settings = """
        SET tcp_keepalives_idle = 3;
        SET tcp_keepalives_interval = 1;
        SET tcp_keepalives_count = 3;
        SET tcp_user_timeout = '6s';
        SET jit = off;
        SET plan_cache_mode = force_generic_plan;
        SET enable_hashjoin = off;
        SET enable_mergejoin = off;
        SET enable_seqscan = off;
        """;

    private readonly NpgsqlConnection _connection;
    private readonly AreaGuards _guards;
    private readonly EntryAppender _appender;

    /// <exception cref="NpgsqlException">There is no connection to be had.</exception>
    public AppendSession(NpgsqlDataSource source)
    {
        _connection = source.OpenConnection();
        try
        {
            Execute(Settings + TimeOuts(_connection.CommandTimeout));
            _guards = new AreaGuards(_connection);
            _appender = new EntryAppender(_connection);
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>Commits as one transaction; when it returns, it is on disk. A commit whose area has moved on is left out.</summary>
    /// <param name="commits">No two of one area.</param>
    /// <returns>What became of each, and how many entries were appended.</returns>
    /// <exception cref="NpgsqlException">It failed, or its outcome is not known.</exception>
    public (CommitResult[] Results, long Appended) Commit(IReadOnlyList<PendingCommit> commits)
    {
        _appender.Clear();
        var written = _guards.Write(commits);
        var last = new long[commits.Count];
        var appended = 0L;
        for (var i = 0; i < commits.Count; i++)
        {
            if (!written.Contains(commits[i].Commit.Area))
                continue;
            last[i] = _appender.Add(commits[i].Commit);
            appended += commits[i].Commit.Entries.Count;
        }

        KeepFalseCalls(commits.Where(pending => written.Contains(pending.Commit.Area)));
        var before = _appender.Commit();
        var results = new CommitResult[commits.Count];
        for (var i = 0; i < commits.Count; i++)
        {
            var commit = commits[i].Commit;
            if (written.Contains(commit.Area))
                results[i] = new CommitResult(true, commit.ExpectedVersion + 1, last[i] == 0 ? 0 : before + last[i]);
        }

        return (results, appended);
    }

    /// <summary>Ends a transaction that failed.</summary>
    public void Rollback() => Execute("ROLLBACK");

    public void Dispose()
    {
        _guards.Dispose();
        _appender.Dispose();
        _connection.Dispose();
    }

    /// <summary>Nor must a silo that stops amid one: the server waits for it as long as the silo would for the server.</summary>
    private static string TimeOuts(int seconds) => $"SET statement_timeout = '{seconds}s'; SET idle_in_transaction_session_timeout = '{seconds}s';";

    /// <summary>Too rare for a statement that is kept prepared.</summary>
    private void KeepFalseCalls(IEnumerable<PendingCommit> written)
    {
        using var batch = new NpgsqlBatch(_connection);
        foreach (var standing in written.SelectMany(pending => pending.Commit.FalseCalls))
            batch.BatchCommands.Add(PostgresFalseCalls.Keep(standing).ToCommand());
        if (batch.BatchCommands.Count > 0)
            batch.ExecuteNonQuery();
    }

    private void Execute(string sql)
    {
        using var command = new NpgsqlCommand(sql, _connection);
        command.ExecuteNonQuery();
    }
}
