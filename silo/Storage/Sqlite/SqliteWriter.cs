using CivicSignals.Ledger;
using CivicSignals.Silo.Telemetry;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CivicSignals.Silo.Storage.Sqlite;

/// <summary>
/// The only one who writes to the file: a thread that takes all that is pending and commits it as one transaction (group commit),
/// so that the cost of a disk sync is shared by all areas that commit meanwhile.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private const int MaxPending = 16_384;
    private const long MaxPendingBytes = 64 * 1024 * 1024;

    /// <summary>A commit is more than its bytes: pages of several tables and indices.</summary>
    private const long LeastRoom = 64 * 1024;

    /// <summary>More than that is not asked for again and again.</summary>
    private const long MostRoom = 4 * 1024 * 1024;

    private readonly WriteQueue<Write> _queue = new(MaxPending, MaxPendingBytes);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SqliteFile _file;
    private readonly LedgerMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private WriterSession? _session;
    private long _succeeded;
    private long _lacking;

    /// <param name="file">The file, migrated.</param>
    /// <param name="metrics">Counts.</param>
    /// <param name="time">Clock of <see cref="SinceSuccess"/>.</param>
    /// <param name="log">Failures go here.</param>
    public SqliteWriter(SqliteFile file, LedgerMetrics metrics, TimeProvider time, ILogger log)
    {
        (_file, _metrics, _time, _log) = (file, metrics, time, log);
        _session = new WriterSession(file.OpenWriter());
        _succeeded = time.GetTimestamp();
        new Thread(Run) { Name = "ledger writer", IsBackground = true }.Start();
    }

    /// <summary>How long ago a transaction last succeeded, or the file was opened.</summary>
    public TimeSpan SinceSuccess => _time.GetElapsedTime(Volatile.Read(ref _succeeded));

    /// <summary>Bytes that the file had no room for, or could not take, when it was written last; 0: it took all.</summary>
    public long Lacking => Volatile.Read(ref _lacking);

    /// <summary>Writes with whatever else is pending. What <paramref name="apply"/> wrote is on disk when the task completes.</summary>
    /// <exception cref="LedgerUnavailableException">Unknown outcome; the file could not be written.</exception>
    public async Task<T> WriteAsync<T>(long bytes, Func<WriterSession, T> apply)
    {
        var write = new Write<T>(bytes, apply);
        await _queue.EnterAsync(write).ConfigureAwait(false);
        return await write.Done.ConfigureAwait(false);
    }

    /// <summary>As <see cref="WriterSession.TruncateLog"/>, after whatever else is pending.</summary>
    /// <exception cref="LedgerUnavailableException">The file could not be written.</exception>
    public async Task<bool> TruncateLogAsync()
    {
        var write = new Write<bool>(0, session => session.TruncateLog(), alone: true);
        await _queue.EnterAsync(write);
        return await write.Done;
    }

    /// <summary>Commits what is pending, then closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Close();
        await _ended.Task;
    }

    private void Run()
    {
        var group = new List<Write>();
        while (_queue.Take(group) is { } taken)
        {
            group = taken;
            var alone = group.FindAll(write => write.IsAlone);
            group.RemoveAll(write => write.IsAlone);
            if (group.Count > 0)
                Commit(group);
            foreach (var write in alone)
                Run(write);
            group.Clear();
        }

        _session?.Dispose();
        _ended.SetResult();
    }

    private void Run(Write alone)
    {
        try
        {
            _session ??= new WriterSession(_file.OpenWriter());
            alone.Apply(_session);
            alone.Complete();
        }
        catch (Exception e)
        {
            GiveUp(e);
            Fail([alone], e);
        }
    }

    private void Commit(List<Write> group)
    {
        if (TryCommit(group) is not { } failure)
            return;

        // One write that the database will not take must not take the others of its group down.
        if (group.Count > 1 && !IsOfTheDatabase(failure))
        {
            foreach (var write in group)
            {
                if (TryCommit([write]) is { } own)
                    Fail([write], own);
            }
        }
        else
        {
            Fail(group, failure);
        }
    }

    private Exception? TryCommit(List<Write> group)
    {
        try
        {
            _session ??= new WriterSession(_file.OpenWriter());
            _session.Begin();
            foreach (var write in group)
                write.Apply(_session);
            var appended = _session.Appended;
            _session.Commit();
            _metrics.GroupCommitted(group.Count, appended);
            Volatile.Write(ref _succeeded, _time.GetTimestamp());
            if (group.Sum(write => write.Bytes) >= _lacking)
                Volatile.Write(ref _lacking, 0);
        }
        catch (Exception e)
        {
            GiveUp(e);
            return e;
        }

        foreach (var write in group)
            write.Complete();
        return null;
    }

    /// <summary>Ends the transaction. After a fault of the database the connection goes too: the next group opens a fresh one.</summary>
    private void GiveUp(Exception failure)
    {
        try
        {
            if (!IsOfTheDatabase(failure))
            {
                _session?.Rollback();
                return;
            }
        }
        catch (SqliteException e)
        {
            _log.RollbackFailed(e);
        }

        try
        {
            _session?.Dispose();
        }
        catch (SqliteException e)
        {
            _log.RollbackFailed(e);
        }

        _session = null;
    }

    private void Fail(List<Write> group, Exception failure)
    {
        _metrics.GroupFailed(group.Count);
        _log.CommitFailed(failure, group.Count);
        if (IsOfTheDatabase(failure))
            Volatile.Write(ref _lacking, Math.Clamp(group.Sum(write => write.Bytes), Math.Max(_lacking, LeastRoom), MostRoom));
        var reason = new LedgerUnavailableException("the ledger cannot be written", failure);
        foreach (var write in group)
            write.Fail(reason);
    }

    /// <summary>Whether the fault lies with the file or the disk, not with what was written.</summary>
    private static bool IsOfTheDatabase(Exception failure) =>
        failure is SqliteException sqlite
        && sqlite.SqliteErrorCode is not (raw.SQLITE_CONSTRAINT or raw.SQLITE_TOOBIG or raw.SQLITE_MISMATCH or raw.SQLITE_RANGE);
}
