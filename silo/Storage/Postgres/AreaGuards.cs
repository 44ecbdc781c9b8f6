using Npgsql;

namespace CivicSignals.Silo.Storage.Postgres;

/// <summary>
/// The first round trip of a group's transaction: writes the areas that are at the version that their commits expect. Areas are locked in one order by every
/// silo, known ones before new ones, so that no two groups wait for each other.
/// </summary>
internal sealed class AreaGuards : IDisposable
{
    private const string Update = """
        UPDATE area a SET version = a.version + 1, state = u.state, due = u.due
        FROM unnest($1, $2, $3, $4) AS u (area, version, due, state)
        WHERE a.area = u.area AND a.version = u.version
        RETURNING a.area
        """;

    private const string Insert = """
        INSERT INTO area (area, version, state, due)
        SELECT u.area, 1, u.state, u.due FROM unnest($1, $2, $3) AS u (area, due, state)
        ON CONFLICT (area) DO NOTHING
        RETURNING area
        """;

    private readonly NpgsqlBatch _batch;
    private readonly Column<string> _area = new("text");
    private readonly Column<long> _version = new("bigint");
    private readonly Column<long?> _due = new("bigint");
    private readonly Column<ReadOnlyMemory<byte>> _state = new("bytea");
    private readonly Column<string> _newArea = new("text");
    private readonly Column<long?> _newDue = new("bigint");
    private readonly Column<ReadOnlyMemory<byte>> _newState = new("bytea");

    /// <param name="connection">Open, and outlives this.</param>
    public AreaGuards(NpgsqlConnection connection)
    {
        _batch = new NpgsqlBatch(connection);
        _batch.BatchCommands.Add(new NpgsqlBatchCommand("BEGIN"));
        _batch.BatchCommands.Add(new NpgsqlBatchCommand(Update) { Parameters = { _area.Parameter, _version.Parameter, _due.Parameter, _state.Parameter } });
        _batch.BatchCommands.Add(new NpgsqlBatchCommand(Insert) { Parameters = { _newArea.Parameter, _newDue.Parameter, _newState.Parameter } });
        _batch.Prepare();
    }

    /// <summary>Begins a transaction and writes the areas.</summary>
    /// <param name="commits">No two of one area.</param>
    /// <returns>The areas written. The others have moved on.</returns>
    /// <exception cref="NpgsqlException">It failed.</exception>
    public HashSet<string> Write(IReadOnlyList<PendingCommit> commits)
    {
        _area.Clear();
        _version.Clear();
        _due.Clear();
        _state.Clear();
        _newArea.Clear();
        _newDue.Clear();
        _newState.Clear();
        foreach (var commit in commits.Select(pending => pending.Commit).OrderBy(commit => commit.Area, StringComparer.Ordinal))
        {
            if (commit.ExpectedVersion > 0)
                _version.Add(commit.ExpectedVersion);
            (commit.ExpectedVersion > 0 ? _area : _newArea).Add(commit.Area);
            (commit.ExpectedVersion > 0 ? _due : _newDue).Add(commit.Due?.ToUnixTimeMilliseconds());
            (commit.ExpectedVersion > 0 ? _state : _newState).Add(commit.State);
        }

        var written = new HashSet<string>(commits.Count, StringComparer.Ordinal);
        using var row = _batch.ExecuteReader();
        do
        {
            while (row.Read())
                written.Add(row.GetString(0));
        }
        while (row.NextResult());
        return written;
    }

    public void Dispose() => _batch.Dispose();
}
