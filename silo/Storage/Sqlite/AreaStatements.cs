using CivicSignals.Ledger;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CivicSignals.Silo.Storage.Sqlite;

/// <summary>The prepared statements that write area commits, and the sequence numbers that they give out.</summary>
internal sealed class AreaStatements : IDisposable
{
    private readonly Statement _insertArea;
    private readonly Statement _updateArea;
    private readonly Statement _turnArea;
    private readonly Statement _insertEntry;
    private readonly Statement _findIncident;
    private readonly Statement _putIncident;
    private readonly Statement _pointAlert;
    private readonly SqliteConnection _connection;
    private readonly OpenIncidents _open;
    private readonly Dictionary<string, Chain> _closed = [];
    private readonly List<long?> _previous = [];
    private long _committed;
    private long _last;

    public AreaStatements(SqliteConnection connection)
    {
        // A version guard each: no row changes when another activation was here first.
        _insertArea = new(connection, "INSERT INTO area (area, version, state, due, open, has_open) VALUES (?1, 1, ?2, ?3, ?4, ?6) ON CONFLICT (area) DO NOTHING");
        _updateArea = new(connection, "UPDATE area SET version = version + 1, state = ?2, due = ?3, open = ?4 WHERE area = ?1 AND version = ?5");
        _turnArea = new(
            connection,
            "UPDATE area SET version = version + 1, state = ?2, due = ?3, open = ?4, has_open = ?6 WHERE area = ?1 AND version = ?5");
        _insertEntry = new(
            connection,
            """
            INSERT INTO entry (seq, type, at, area, incident, body, open, alert, alert_version, public, neighbourhood, ended, previous)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
            """);
        _findIncident = new(connection, "SELECT seq FROM incident WHERE id = ?1 AND seq IS NOT NULL");
        _putIncident = new(connection, "INSERT INTO incident (id, area, seq) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO UPDATE SET seq = excluded.seq");
        _pointAlert = new(
            connection,
            """
            INSERT INTO alert (id, seq, at, public, neighbourhood, ended) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            ON CONFLICT (id) DO UPDATE SET
              seq = excluded.seq, at = excluded.at, public = excluded.public, neighbourhood = excluded.neighbourhood, ended = excluded.ended
            """);
        (_connection, _open) = (connection, new OpenIncidents(connection));
        using var sequence = connection.CreateCommand();
        sequence.CommandText = "SELECT seq FROM sqlite_sequence WHERE name = 'entry'";
        _last = _committed = sequence.ExecuteScalar() is long seq ? seq : 0;
    }

    /// <summary>Entries appended and not committed yet.</summary>
    public long Appended => _last - _committed;

    public void Committed() => _committed = _last;

    public void RolledBack()
    {
        _last = _committed;
        _open.Forget();
    }

    public CommitResult Write(AreaCommit commit)
    {
        var open = _open.Of(commit.Area);
        var hadOpen = open.Count > 0;
        var opened = Chains(commit, open);
        var turns = hadOpen != open.Count > 0;
        var guard = commit.ExpectedVersion == 0 ? _insertArea : turns ? _turnArea : _updateArea;
        guard
            .Bind(1, commit.Area)
            .Bind(2, commit.State.Span)
            .Bind(3, commit.Due?.ToUnixTimeMilliseconds());
        if (open.Count > 0)
            guard.BindText(4, _open.Write(open));
        else
            guard.Bind(4, (string?)null);
        if (commit.ExpectedVersion > 0)
            guard.Bind(5, commit.ExpectedVersion);
        if (turns || commit.ExpectedVersion == 0)
            guard.Bind(6, open.Count > 0 ? 1L : 0);
        if (guard.Run() == 0)
        {
            _open.Forget(commit.Area);
            return new CommitResult(false, 0, 0);
        }

        for (var i = 0; i < commit.Entries.Count; i++)
            Append(commit.Entries[i], commit.Area, _previous[i]);
        foreach (var id in opened ?? [])
            _putIncident.Bind(1, id).Bind(2, commit.Area).Bind(3, (long?)null).Run();
        foreach (var (id, chain) in _closed)
            _putIncident.Bind(1, id).Bind(2, commit.Area).Bind(3, chain.Last).Run();
        foreach (var standing in commit.FalseCalls)
            SqliteFalseCalls.Write(_connection, standing); // Too rare to keep its statement prepared.
        return new CommitResult(true, commit.ExpectedVersion + 1, commit.Entries.Count == 0 ? 0 : _last);
    }

    public void Dispose()
    {
        _insertArea.Dispose();
        _updateArea.Dispose();
        _turnArea.Dispose();
        _insertEntry.Dispose();
        _findIncident.Dispose();
        _putIncident.Dispose();
        _pointAlert.Dispose();
        _open.Dispose();
    }

    /// <summary>
    /// Works out what each entry follows and what is open afterwards. An incident is open until its line says otherwise; an action about one that is not
    /// there, or is there no more, opens none.
    /// </summary>
    /// <returns>The incidents that were not open before and are now, or null.</returns>
    private HashSet<string>? Chains(AreaCommit commit, Dictionary<string, Chain> open)
    {
        HashSet<string>? opened = null;
        _previous.Clear();
        _closed.Clear();
        var seq = _last;
        foreach (var entry in commit.Entries)
        {
            seq++;
            var id = entry.Incident;
            var isOpen = open.TryGetValue(id, out var chain);
            var isClosed = !isOpen && (_closed.TryGetValue(id, out chain) || Find(id, out chain));
            _previous.Add(isOpen || isClosed ? chain.Last : null);
            chain = new Chain(entry.Type == EntryType.Incident ? seq : chain.Line, seq);
            if (entry.Type == EntryType.Incident ? entry.Open : isOpen || (!isClosed && entry.Type != EntryType.Action))
            {
                open[id] = chain;
                _closed.Remove(id);
                if (!isOpen)
                    (opened ??= []).Add(id);
            }
            else
            {
                open.Remove(id);
                _closed[id] = chain;
                opened?.Remove(id);
            }
        }

        return opened;
    }

    private bool Find(string incident, out Chain chain)
    {
        var last = _findIncident.Bind(1, incident).First(static row => raw.sqlite3_column_int64(row, 0));
        chain = new Chain(0, last);
        return last > 0;
    }

    private void Append(LedgerEntry entry, string area, long? previous)
    {
        var seq = ++_last;
        var at = entry.At.ToUnixTimeMilliseconds();
        var alert = entry.Alert;
        _insertEntry
            .Bind(1, seq)
            .Bind(2, (long)entry.Type)
            .Bind(3, at)
            .Bind(4, area)
            .Bind(5, entry.Incident)
            .Bind(6, entry.Body.Span)
            .Bind(7, entry.Open ? 1L : 0)
            .Bind(8, alert?.Id)
            .Bind(9, alert?.Version)
            .Bind(10, alert is null ? null : alert.Public ? 1L : 0)
            .Bind(11, alert?.Neighbourhood)
            .Bind(12, alert is null ? null : alert.Ended ? 1L : 0)
            .Bind(13, previous)
            .Run();
        if (alert is not null)
        {
            _pointAlert
                .Bind(1, alert.Id)
                .Bind(2, seq)
                .Bind(3, at)
                .Bind(4, alert.Public ? 1L : 0)
                .Bind(5, alert.Neighbourhood)
                .Bind(6, alert.Ended ? 1L : 0)
                .Run();
        }
    }
}
