using CivicSignals.Ledger;
using CivicSignals.Silo.Telemetry;
using Npgsql;

namespace CivicSignals.Silo.Storage.Postgres;

/// <summary>
/// Who commits for all areas of this silo: a thread that takes all that is pending and commits it as one transaction (group commit), so that the cost of round
/// trips and of a disk sync is shared by all areas that commit meanwhile.
/// </summary>
internal sealed class PostgresWriter : IAsyncDisposable
{
    private const int MaxPending = 16_384;
    private const long MaxPendingBytes = 64 * 1024 * 1024;

    /// <summary>More at once would not share costs better, and keep other silos waiting for the numbers.</summary>
    private const int MostAtOnce = 2048;

    /// <summary>And so many bytes are written within the time that a transaction has, on a slow disk too.</summary>
    private const long MostBytesAtOnce = 8 * 1024 * 1024;

    private readonly WriteQueue<PendingCommit> _queue = new(MaxPending, MaxPendingBytes);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly NpgsqlDataSource _source;
    private readonly LedgerMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private AppendSession? _session;
    private long _succeeded;
    private long _failed;

    /// <param name="source">The database, migrated.</param>
    /// <param name="metrics">Counts.</param>
    /// <param name="time">Clock of <see cref="SinceSuccess"/>.</param>
    /// <param name="log">Failures go here.</param>
    public PostgresWriter(NpgsqlDataSource source, LedgerMetrics metrics, TimeProvider time, ILogger log)
    {
        (_source, _metrics, _time, _log) = (source, metrics, time, log);
        _succeeded = time.GetTimestamp();
        new Thread(Run) { Name = "ledger writer", IsBackground = true }.Start();
    }

    /// <summary>How long ago a transaction last succeeded, or this was made.</summary>
    public TimeSpan SinceSuccess => _time.GetElapsedTime(Volatile.Read(ref _succeeded));

    /// <summary>How long ago a transaction failed by the database's fault, when none has succeeded since; else null.</summary>
    public TimeSpan? SinceFailure => Volatile.Read(ref _failed) is not 0 and var failed ? _time.GetElapsedTime(failed) : null;

    /// <summary>Commits with whatever else is pending.</summary>
    /// <exception cref="LedgerUnavailableException">Unknown outcome; the database could not be written.</exception>
    public async Task<CommitResult> CommitAsync(AreaCommit commit)
    {
        var pending = new PendingCommit(commit);
        await _queue.EnterAsync(pending).ConfigureAwait(false);
        return await pending.Done.ConfigureAwait(false);
    }

    /// <summary>Commits what is pending, then closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Close();
        await _ended.Task;
    }

    private void Run()
    {
        var taken = new List<PendingCommit>();
        while (_queue.Take(taken) is { } pending)
        {
            taken = pending;
            foreach (var group in Groups(taken))
                Commit(group);
            taken.Clear();
        }

        Close();
        _ended.SetResult();
    }

    /// <summary>Cuts what is pending so that no group is too large or has two commits of one area: the second is held against the first.</summary>
    private static IEnumerable<List<PendingCommit>> Groups(List<PendingCommit> pending)
    {
        var group = new List<PendingCommit>();
        var areas = new HashSet<string>(StringComparer.Ordinal);
        var bytes = 0L;
        foreach (var commit in pending)
        {
            if (group.Count == MostAtOnce || (bytes > 0 && bytes + commit.Bytes > MostBytesAtOnce) || areas.Contains(commit.Commit.Area))
            {
                yield return group;
                (group, bytes) = ([], 0);
                areas.Clear();
            }

            group.Add(commit);
            bytes += commit.Bytes;
            areas.Add(commit.Commit.Area);
        }

        yield return group;
    }

    private void Commit(List<PendingCommit> group)
    {
        if (TryCommit(group) is not { } failure || (IsOfAnotherSilo(failure) && (failure = TryCommit(group)) is null))
            return;

        // One commit that the database will not take must not take the others of its group down.
        if (group.Count > 1 && !IsOfTheDatabase(failure))
        {
            Commit(group[..(group.Count / 2)]);
            Commit(group[(group.Count / 2)..]);
            return;
        }

        _metrics.GroupFailed(group.Count);
        _log.CommitFailed(failure, group.Count);
        if (IsOfTheDatabase(failure))
            Volatile.Write(ref _failed, _time.GetTimestamp());
        var reason = new LedgerUnavailableException("the ledger cannot be written", failure);
        foreach (var commit in group)
            commit.Fail(reason);
    }

    private Exception? TryCommit(List<PendingCommit> group)
    {
        CommitResult[] results;
        try
        {
            _session ??= new AppendSession(_source);
            (results, var appended) = _session.Commit(group);
            _metrics.GroupCommitted(group.Count, appended);
            Volatile.Write(ref _succeeded, _time.GetTimestamp());
            Volatile.Write(ref _failed, 0);
        }
        catch (Exception e)
        {
            GiveUp(e);
            return e;
        }

        for (var i = 0; i < group.Count; i++)
            group[i].Complete(results[i]);
        return null;
    }

    /// <summary>Ends the transaction. After a fault of the database the connection goes too: the next group opens a fresh one.</summary>
    private void GiveUp(Exception failure)
    {
        try
        {
            if (failure is PostgresException && !IsOfTheDatabase(failure))
            {
                _session?.Rollback();
                return;
            }
        }
        catch (NpgsqlException e)
        {
            _log.RollbackFailed(e);
        }

        Close();
    }

    private void Close()
    {
        try
        {
            _session?.Dispose();
        }
        catch (NpgsqlException e)
        {
            _log.RollbackFailed(e);
        }

        _session = null;
    }

    /// <summary>Whether the fault lies with the server or the network, not with what was written.</summary>
    private static bool IsOfTheDatabase(Exception failure) => failure switch
    {
        PostgresException refusal => !(refusal.SqlState.StartsWith("22", StringComparison.Ordinal) // What was written is no value,
            || refusal.SqlState.StartsWith("23", StringComparison.Ordinal) // breaks a constraint,
            || refusal.SqlState.StartsWith("54", StringComparison.Ordinal)), // or is too large.
        NpgsqlException or TimeoutException or IOException or ObjectDisposedException => true,
        _ => false,
    };

    /// <summary>Whether the transaction only met another's: once more, and it goes.</summary>
    private static bool IsOfAnotherSilo(Exception failure) =>
        failure is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure };
}
