using CivicSignals.Ledger;
using Npgsql;

namespace CivicSignals.Silo.Storage.Postgres;

/// <summary>
/// Removes from the tables what has been kept for long enough. As with an erasure, old bytes stay unseen in free space until autovacuum has come by and the
/// space is used again.
/// </summary>
internal sealed class PostgresRetention(PostgresDatabase database) : IRetention
{
    /// <summary>Incidents of one transaction. Their areas are locked meanwhile: some ten milliseconds.</summary>
    private const int MostAtOnce = 200;

    /// <summary>Rows of the tables beside the ledger, and entries to be looked at.</summary>
    private const int MostRows = 5000;

    /// <summary>Notes what has ended, or was acted on after its end, since the last time; from how many entries.</summary>
    private static readonly string Find = $"""
        WITH named AS (
          SELECT * FROM (
            (SELECT seq, incident, at, coalesce(substring(encode(body, 'escape') FROM '"hazard":"([A-Za-z]+)"'), '') AS hazard FROM entry
             WHERE type = 2 AND NOT open AND seq > (SELECT collected FROM retention) ORDER BY seq LIMIT {MostRows})
            UNION ALL
            (SELECT seq, incident, at, '' FROM entry WHERE type = 4 AND seq > (SELECT collected FROM retention) ORDER BY seq LIMIT {MostRows})) e
          ORDER BY seq LIMIT {MostRows}
        ), noted AS (
          INSERT INTO closed AS c (id, hazard, at, reduced)
          SELECT n.incident, max(n.hazard), max(n.at), false FROM named n JOIN incident i ON i.id = n.incident AND NOT i.open GROUP BY n.incident
          ON CONFLICT (id) DO UPDATE SET
            hazard = CASE WHEN excluded.hazard = '' THEN c.hazard ELSE excluded.hazard END, at = greatest(c.at, excluded.at), reduced = false
        )
        UPDATE retention SET collected = n.last FROM (SELECT max(seq) AS last, count(*) AS count FROM named) n WHERE n.count > 0 RETURNING n.count
        """;

    /// <summary>Removes the incidents <c>@incidents</c> with all that points to them; how many entries.</summary>
    private const string Remove = """
        WITH RECURSIVE chain (seq) AS (
          SELECT i.last FROM incident i WHERE i.id = ANY(@incidents) AND NOT i.open
          UNION ALL
          SELECT e.previous FROM chain c JOIN entry e ON e.seq = c.seq WHERE e.previous IS NOT NULL
        ), entries AS (
          DELETE FROM entry e USING chain c WHERE e.seq = c.seq RETURNING e.alert
        ), alerts AS (
          DELETE FROM alert a USING (SELECT DISTINCT alert FROM entries) e WHERE a.id = e.alert
        ), incidents AS (
          DELETE FROM incident i WHERE i.id = ANY(@incidents) AND NOT i.open
        ), noted AS (
          DELETE FROM closed c WHERE c.id = ANY(@incidents)
        )
        SELECT count(*) FROM entries
        """;

    /// <summary>In the one order in which all lock areas: who commits to one of them waits, and nobody appends to an incident meanwhile.</summary>
    private const string Lock = "SELECT a.area FROM area a WHERE a.area IN (SELECT i.area FROM incident i WHERE i.id = ANY(@incidents)) ORDER BY a.area FOR UPDATE";

    public async Task<RetentionStep> StepAsync(RetentionPolicy policy, DateTimeOffset now, CancellationToken cancellation)
    {
        if (await database.FirstAsync(new Statement(Find) { TakesLong = true }, row => row.GetInt64(0), cancellation) == MostRows)
            return default; // Of what was found last, a part may still lie ahead.
        var step = await ReduceAsync(now - policy.Detail, cancellation);
        foreach (var (hazard, before) in policy.Ends(now))
            step = step.And(await RemoveAsync(hazard, before, cancellation));
        return step.And(await RemoveBesideAsync(now));
    }

    private async Task<RetentionStep> ReduceAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        var due = await DueAsync(new(
            $"SELECT id FROM closed WHERE NOT reduced AND at < @before ORDER BY at LIMIT {MostAtOnce}", ("before", before.ToUnixTimeMilliseconds())), cancellation);
        var removed = due.Length == 0 ? 0 : await database.WithConnectionAsync(connection => ReduceAsync(connection, due, cancellation), cancellation);
        return new(due.Length, 0, removed, 0, due.Length < MostAtOnce);
    }

    private static async Task<int> ReduceAsync(NpgsqlConnection connection, string[] incidents, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var chains = await ChainsAsync(connection, incidents, cancellation);
        List<(long Seq, byte[] Body, long? Previous)> kept = [];
        List<(string Incident, long Last)> ends = [];
        List<long> gone = [];
        foreach (var (incident, entries) in chains)
        {
            long? previous = null;
            foreach (var ((seq, _, _), body) in entries.Zip(Reduction.Of([.. entries.Select(entry => (entry.Type, entry.Body))])))
            {
                if (body is null)
                {
                    gone.Add(seq);
                    continue;
                }

                kept.Add((seq, body, previous));
                previous = seq;
            }

            ends.Add((incident, previous.GetValueOrDefault()));
        }

        await using var batch = new NpgsqlBatch(connection) { Timeout = 0 };
        foreach (var statement in (Statement[])
        [
            new(
                "UPDATE entry e SET body = u.body, previous = u.previous FROM unnest(@seq, @body, @previous) AS u (seq, body, previous) WHERE e.seq = u.seq",
                ("seq", kept.Select(entry => entry.Seq).ToArray()),
                ("body", kept.Select(entry => entry.Body).ToArray()),
                ("previous", kept.Select(entry => entry.Previous).ToArray())),
            new("DELETE FROM entry WHERE seq = ANY(@gone)", ("gone", gone.ToArray())),
            new(
                "UPDATE incident i SET last = u.last FROM unnest(@id, @last) AS u (id, last) WHERE i.id = u.id AND i.last <> u.last",
                ("id", ends.Select(end => end.Incident).ToArray()),
                ("last", ends.Select(end => end.Last).ToArray())),
            new("UPDATE closed SET reduced = true WHERE id = ANY(@incidents)", ("incidents", chains.Keys.ToArray())),
            new("DELETE FROM closed WHERE id = ANY(@open)", ("open", incidents.Except(chains.Keys).ToArray())),
        ])
        {
            batch.BatchCommands.Add(statement.ToCommand());
        }

        await batch.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return gone.Count;
    }

    /// <summary>The entries of incidents that are closed, oldest first, with their areas locked.</summary>
    private static async Task<Dictionary<string, List<(long Seq, EntryType Type, byte[] Body)>>> ChainsAsync(
        NpgsqlConnection connection, string[] incidents, CancellationToken cancellation)
    {
        const string Chains = """
            WITH RECURSIVE chain (id, seq) AS (
              SELECT i.id, i.last FROM incident i WHERE i.id = ANY(@incidents) AND NOT i.open
              UNION ALL
              SELECT c.id, e.previous FROM chain c JOIN entry e ON e.seq = c.seq WHERE e.previous IS NOT NULL)
            SELECT c.id, e.seq, e.type, e.body FROM chain c JOIN entry e ON e.seq = c.seq ORDER BY e.seq
            """;
        await using var batch = new NpgsqlBatch(connection) { Timeout = 0 };
        batch.BatchCommands.Add(new Statement(Lock, ("incidents", incidents)).ToCommand());
        batch.BatchCommands.Add(new Statement(Chains, ("incidents", incidents)).ToCommand());
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        await row.NextResultAsync(cancellation);
        var chains = new Dictionary<string, List<(long, EntryType, byte[])>>(StringComparer.Ordinal);
        while (await row.ReadAsync(cancellation))
        {
            if (!chains.TryGetValue(row.GetString(0), out var entries))
                chains.Add(row.GetString(0), entries = []);
            entries.Add((row.GetInt64(1), (EntryType)row.GetInt16(2), row.Bytes(3)));
        }

        return chains;
    }

    private async Task<RetentionStep> RemoveAsync(string hazard, DateTimeOffset before, CancellationToken cancellation)
    {
        var due = await DueAsync(
            new(
                $"SELECT id FROM closed WHERE hazard = @hazard AND at < @before ORDER BY at LIMIT {MostAtOnce}",
                ("hazard", hazard),
                ("before", before.ToUnixTimeMilliseconds())),
            cancellation);
        var entries = due.Length == 0 ? 0 : await database.WithConnectionAsync(
            async connection =>
            {
                await using var batch = new NpgsqlBatch(connection) { Timeout = 0 }; // A transaction of its own.
                batch.BatchCommands.Add(new Statement(Lock, ("incidents", due)).ToCommand());
                batch.BatchCommands.Add(new Statement(Remove, ("incidents", due)).ToCommand());
                await using var row = await batch.ExecuteReaderAsync(cancellation);
                await row.NextResultAsync(cancellation);
                return await row.ReadAsync(cancellation) ? (int)row.GetInt64(0) : 0;
            },
            cancellation);
        return new(0, due.Length, entries, 0, due.Length < MostAtOnce);
    }

    private async Task<string[]> DueAsync(Statement statement, CancellationToken cancellation) => [.. await database.ReadAsync(statement, row => row.GetString(0), cancellation)];

    /// <summary>Rows beside the ledger that tell of what is long over, and that nobody else removes.</summary>
    private async Task<RetentionStep> RemoveBesideAsync(DateTimeOffset now)
    {
        var (past, notices, deliveries) = (now - RetentionPolicy.Past, now - INoticeStore.KeptFor, now - Delivered.KeptFor);
        var removed = await DeleteAsync("home_fact", "until < @before", past)
            + await DeleteAsync("power_cut", "until < @before", past)
            + await DeleteAsync("feed_item", "coalesce(valid_until, received_at) < @before", past)
            + await DeleteAsync("notice", "coalesce(ended_at, expires) < @before", notices)
            + await DeleteAsync("delivery", "ended AND at < @before", deliveries)
            + await DeleteAsync("delivery", "at < @before", past);
        return new(0, 0, 0, removed, removed < MostRows);
    }

    private Task<int> DeleteAsync(string table, string where, DateTimeOffset before) => database.WriteAsync(new Statement(
        $"DELETE FROM {table} WHERE ctid IN (SELECT ctid FROM {table} WHERE {where} LIMIT {MostRows})", ("before", before.ToUnixTimeMilliseconds())));
}
