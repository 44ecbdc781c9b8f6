using CivicSignals.Ledger;
using Npgsql;

namespace CivicSignals.Silo.Storage.Postgres;

/// <summary>
/// The second and last round trip of a group's transaction: takes numbers, appends the entries under them and commits. It is one statement, which the server
/// begins when it has all of it: so no silo holds the numbers while its network is slow.
/// </summary>
internal sealed class EntryAppender : IDisposable
{
    // An incident's last entry is read as of the statement's begin, which is late enough: its area is locked, and nobody else writes it.
    private const string Append = """
        WITH head AS (
          UPDATE ledger_head SET seq = seq + $1 RETURNING seq - $1 AS before
        ), appended AS (
          INSERT INTO entry (seq, type, at, area, incident, body, open, alert, alert_version, public, neighbourhood, ended, previous)
          SELECT head.before + e.number, e.type, e.at, e.area, e.incident, e.body, e.open, e.alert, e.alert_version, e.public, e.neighbourhood, e.ended,
            CASE WHEN e.follows > 0 THEN head.before + e.follows ELSE (SELECT i.last FROM incident i WHERE i.id = e.incident) END
          FROM head, unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            WITH ORDINALITY AS e (type, at, area, incident, body, open, alert, alert_version, public, neighbourhood, ended, follows, number)
        ), stands AS (
          INSERT INTO incident AS i (id, area, line, last, open)
          SELECT p.id, p.area, head.before + p.line, head.before + p.last, p.open
          FROM head, unnest($14, $15, $16, $17, $18) AS p (id, area, line, last, open)
          ON CONFLICT (id) DO UPDATE SET
            area = excluded.area, line = coalesce(excluded.line, i.line), last = excluded.last,
            open = CASE WHEN excluded.line IS NULL THEN i.open ELSE excluded.open END
        ), told AS (
          INSERT INTO alert (id, seq, at, public, neighbourhood, ended)
          SELECT p.id, head.before + p.number, p.at, p.public, p.neighbourhood, p.ended
          FROM head, unnest($19, $20, $21, $22, $23, $24) AS p (id, number, at, public, neighbourhood, ended)
          ON CONFLICT (id) DO UPDATE SET
            seq = excluded.seq, at = excluded.at, public = excluded.public, neighbourhood = excluded.neighbourhood, ended = excluded.ended
        )
        SELECT before FROM head
        """;

    private readonly NpgsqlBatch _append;
    private readonly NpgsqlBatch _commit;
    private readonly NpgsqlParameter<long> _count = new() { DataTypeName = "bigint" };
    private readonly EntryColumns _entries = new();
    private readonly Pointers _pointers = new();
    private long _number;

    /// <param name="connection">Open, and outlives this.</param>
    public EntryAppender(NpgsqlConnection connection)
    {
        var append = new NpgsqlBatchCommand(Append);
        append.Parameters.Add(_count);
        foreach (var parameter in (NpgsqlParameter[])[.. _entries.Parameters, .. _pointers.Incidents, .. _pointers.Alerts])
            append.Parameters.Add(parameter);
        _append = new NpgsqlBatch(connection) { BatchCommands = { append, new NpgsqlBatchCommand("COMMIT") } };
        _commit = new NpgsqlBatch(connection) { BatchCommands = { new NpgsqlBatchCommand("COMMIT") } };
        _append.Prepare();
    }

    /// <summary>Takes the entries of one commit.</summary>
    /// <returns>Number within the group of its last entry; 0: it has none.</returns>
    public long Add(AreaCommit commit)
    {
        foreach (var entry in commit.Entries)
            _entries.Add(commit.Area, entry, _pointers.Take(commit.Area, entry, ++_number));
        return commit.Entries.Count == 0 ? 0 : _number;
    }

    /// <summary>Appends what was taken and commits. When it returns, all of the transaction is on disk.</summary>
    /// <returns>The sequence number before the group's first.</returns>
    /// <exception cref="NpgsqlException">It failed, or its outcome is not known.</exception>
    public long Commit()
    {
        _count.TypedValue = _number;
        _pointers.Fill();
        using var row = (_number == 0 ? _commit : _append).ExecuteReader();
        var before = row.Read() ? row.GetInt64(0) : 0;
        while (row.NextResult())
        {
            // To the end: that of the commit is the last.
        }

        return before;
    }

    /// <summary>Forgets what was taken.</summary>
    public void Clear()
    {
        _number = 0;
        _entries.Clear();
        _pointers.Clear();
    }

    public void Dispose()
    {
        _append.Dispose();
        _commit.Dispose();
    }
}
