using System.Runtime.InteropServices;
using CivicSignals.Ledger;
using Microsoft.Data.Sqlite;

namespace CivicSignals.Silo.Storage;

/// <summary>The prepared statements that write area commits, and the sequence numbers that they give out.</summary>
internal sealed class AreaStatements : IDisposable
{
    private readonly SqliteCommand _insertArea;
    private readonly SqliteCommand _updateArea;
    private readonly SqliteCommand _insertEntry;
    private readonly SqliteCommand _pointIncident;
    private readonly SqliteCommand _pointAlert;
    private long _committed;
    private long _last;

    public AreaStatements(SqliteConnection connection)
    {
        // A version guard each: no row changes when another activation was here first.
        _insertArea = WriterSession.Prepare(
            connection,
            "INSERT INTO area (area, version, state, due) VALUES ($area, 1, $state, $due) ON CONFLICT (area) DO NOTHING",
            "$area", "$state", "$due");
        _updateArea = WriterSession.Prepare(
            connection,
            "UPDATE area SET version = version + 1, state = $state, due = $due WHERE area = $area AND version = $expected",
            "$area", "$state", "$due", "$expected");
        _insertEntry = WriterSession.Prepare(
            connection,
            """
            INSERT INTO entry (seq, type, at, area, incident, body, open, alert, alert_version, public, neighbourhood, ended)
            VALUES ($seq, $type, $at, $area, $incident, $body, $open, $alert, $version, $public, $neighbourhood, $ended)
            """,
            "$seq", "$type", "$at", "$area", "$incident", "$body", "$open", "$alert", "$version", "$public", "$neighbourhood", "$ended");
        _pointIncident = WriterSession.Prepare(
            connection,
            """
            INSERT INTO incident (id, seq, at, open) VALUES ($id, $seq, $at, $open)
            ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, at = excluded.at, open = excluded.open
            """,
            "$id", "$seq", "$at", "$open");
        _pointAlert = WriterSession.Prepare(
            connection,
            """
            INSERT INTO alert (id, seq, at, public, neighbourhood, ended) VALUES ($id, $seq, $at, $public, $neighbourhood, $ended)
            ON CONFLICT (id) DO UPDATE SET
              seq = excluded.seq, at = excluded.at, public = excluded.public, neighbourhood = excluded.neighbourhood, ended = excluded.ended
            """,
            "$id", "$seq", "$at", "$public", "$neighbourhood", "$ended");
        using var sequence = connection.CreateCommand();
        sequence.CommandText = "SELECT seq FROM sqlite_sequence WHERE name = 'entry'";
        _last = _committed = sequence.ExecuteScalar() is long seq ? seq : 0;
    }

    /// <summary>Entries appended and not committed yet.</summary>
    public long Appended => _last - _committed;

    public void Committed() => _committed = _last;

    public void RolledBack() => _last = _committed;

    public CommitResult Write(AreaCommit commit)
    {
        var guard = commit.ExpectedVersion == 0 ? _insertArea : _updateArea;
        var values = guard.Parameters;
        values[0].Value = commit.Area;
        values[1].Value = Blob(commit.State);
        values[2].Value = commit.Due is { } due ? due.ToUnixTimeMilliseconds() : DBNull.Value;
        if (commit.ExpectedVersion > 0)
            values[3].Value = commit.ExpectedVersion;
        if (guard.ExecuteNonQuery() == 0)
            return new CommitResult(false, 0, 0);
        foreach (var entry in commit.Entries)
            Append(entry, commit.Area);
        return new CommitResult(true, commit.ExpectedVersion + 1, commit.Entries.Count == 0 ? 0 : _last);
    }

    public void Dispose()
    {
        _insertArea.Dispose();
        _updateArea.Dispose();
        _insertEntry.Dispose();
        _pointIncident.Dispose();
        _pointAlert.Dispose();
    }

    private void Append(LedgerEntry entry, string area)
    {
        var seq = ++_last;
        var at = entry.At.ToUnixTimeMilliseconds();
        var alert = entry.Alert;
        Run(
            _insertEntry,
            seq,
            (long)entry.Type,
            at,
            area,
            entry.Incident,
            Blob(entry.Body),
            entry.Open,
            alert?.Id,
            alert?.Version,
            alert?.Public,
            alert?.Neighbourhood,
            alert?.Ended);
        if (entry.Type == EntryType.Incident)
            Run(_pointIncident, entry.Incident, seq, at, entry.Open);
        if (alert is not null)
            Run(_pointAlert, alert.Id, seq, at, alert.Public, alert.Neighbourhood, alert.Ended);
    }

    private static void Run(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        command.ExecuteNonQuery();
    }

    private static byte[] Blob(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var segment) && segment.Offset == 0 && segment.Count == segment.Array!.Length
            ? segment.Array
            : bytes.ToArray();
}
