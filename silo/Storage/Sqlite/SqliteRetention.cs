using CivicSignals.Ledger;

namespace CivicSignals.Silo.Storage.Sqlite;

/// <summary>
/// Removes from the file what has been kept for long enough. What is to go is overwritten where it stands; rows are deleted only where all rows on the pages
/// around hold nothing any more that must not be copied, for SQLite moves rows about when pages empty and leaves copies behind.
/// </summary>
internal sealed class SqliteRetention(SqliteFile file, SqliteWriter writer) : IRetention
{
    /// <summary>Entries of ends and actions that are looked at in one transaction.</summary>
    private const int MostFound = 500;

    /// <summary>Incidents of one step.</summary>
    private const int MostAtOnce = 200;

    /// <summary>Incidents of one transaction: some ten milliseconds, for which everybody who commits waits.</summary>
    private const int Together = 8;

    public async Task<RetentionStep> StepAsync(RetentionPolicy policy, DateTimeOffset now, CancellationToken cancellation)
    {
        if (await FindAsync() == MostFound)
            return default; // Of what was found last, a part may still lie ahead.
        cancellation.ThrowIfCancellationRequested();
        var step = await ReduceAsync(now - policy.Detail);
        foreach (var (hazard, before) in policy.Ends(now))
        {
            cancellation.ThrowIfCancellationRequested();
            step = step.And(await RemoveAsync(hazard, before));
        }

        cancellation.ThrowIfCancellationRequested();
        step = step.And(await EntrySweep.RunAsync(file, writer));
        cancellation.ThrowIfCancellationRequested();
        step = step.And(await PastRows.RemoveAsync(writer, now));
        if (step.IsDone)
            await writer.TruncateLogAsync(); // Old copies of pages. Where a reader still needs them, the next run has another try.
        return step;
    }

    /// <summary>Notes what has ended, or was acted on after its end, since the last time; from how many entries.</summary>
    private async Task<int> FindAsync()
    {
        var (last, count) = file.Read(
            $"""
            SELECT ifnull(max(seq), 0), count(*) FROM (SELECT seq FROM (
              SELECT seq FROM entry INDEXED BY entry_closed WHERE type = 2 AND open = 0 AND seq > (SELECT collected FROM retention)
              UNION ALL
              SELECT seq FROM entry INDEXED BY entry_action WHERE type = 4 AND seq > (SELECT collected FROM retention))
            ORDER BY seq LIMIT {MostFound})
            """,
            row => row.All(read => (read.GetInt64(0), read.GetInt32(1)))[0]);
        return count == 0 ? 0 : await writer.WriteAsync(0, session =>
        {
            session.Execute(
                """
                INSERT INTO closed (id, hazard, at, reduced)
                SELECT e.incident, max(e.hazard), max(e.at), 0
                FROM (
                  SELECT incident, at, ifnull(json_extract(iif(json_valid(CAST(body AS TEXT)), CAST(body AS TEXT), '{}'), '$.hazard'), '') AS hazard FROM entry INDEXED BY entry_closed
                  WHERE type = 2 AND open = 0 AND seq > (SELECT collected FROM retention) AND seq <= $last
                  UNION ALL
                  SELECT incident, at, '' FROM entry INDEXED BY entry_action
                  WHERE type = 4 AND seq > (SELECT collected FROM retention) AND seq <= $last) e
                JOIN incident i ON i.id = e.incident AND i.seq IS NOT NULL
                WHERE true GROUP BY e.incident
                ON CONFLICT (id) DO UPDATE SET
                  hazard = CASE WHEN excluded.hazard = '' THEN hazard ELSE excluded.hazard END, at = max(at, excluded.at), reduced = 0
                """,
                ("$last", last));
            session.Execute("UPDATE retention SET collected = $last", ("$last", last));
            return count;
        });
    }

    private async Task<RetentionStep> ReduceAsync(DateTimeOffset before)
    {
        var due = file.Read(
            $"SELECT id FROM closed WHERE reduced = 0 AND at < $before ORDER BY at LIMIT {MostAtOnce}", row => row.All(read => read.GetString(0)), ("$before", Milliseconds(before)));
        foreach (var some in due.Chunk(Together))
            await writer.WriteAsync(0, session => Scrub.Overwriting(session, () => some.Sum(incident => Reduce(session, incident))));
        return new(due.Count, 0, 0, 0, due.Count < MostAtOnce);
    }

    private async Task<RetentionStep> RemoveAsync(string hazard, DateTimeOffset before)
    {
        var due = file.Read(
            $"SELECT id FROM closed WHERE hazard = $hazard AND at < $before ORDER BY at LIMIT {MostAtOnce}",
            row => row.All(read => read.GetString(0)),
            ("$hazard", hazard),
            ("$before", Milliseconds(before)));
        var entries = 0;
        foreach (var some in due.Chunk(Together))
            entries += await writer.WriteAsync(0, session => Scrub.Overwriting(session, () => some.Sum(incident => Remove(session, incident))));
        return new(0, due.Count, entries, 0, due.Count < MostAtOnce);
    }

    private static int Reduce(WriterSession session, string incident)
    {
        var entries = Entries(session, incident);
        if (entries.Count == 0)
            return session.Execute("DELETE FROM closed WHERE id = $id", ("$id", incident));
        long? previous = null;
        foreach (var ((seq, _, _), body) in entries.Zip(Reduction.Of([.. entries.Select(entry => (entry.Type, entry.Body))])))
        {
            if (body is null)
            {
                EntrySweep.Blank(session, seq);
                continue;
            }

            session.Execute("UPDATE entry SET body = $body, previous = $previous WHERE seq = $seq", ("$body", body), ("$previous", previous ?? (object)DBNull.Value), ("$seq", seq));
            previous = seq;
        }

        session.Execute("UPDATE incident SET seq = $last WHERE id = $id", ("$last", previous.GetValueOrDefault()), ("$id", incident));
        return session.Execute("UPDATE closed SET reduced = 1 WHERE id = $id", ("$id", incident));
    }

    private static int Remove(WriterSession session, string incident)
    {
        var entries = Entries(session, incident);
        foreach (var (seq, type, _) in entries)
        {
            if (type == EntryType.Alert)
                session.Execute("DELETE FROM alert WHERE id = (SELECT alert FROM entry WHERE seq = $seq)", ("$seq", seq));
            EntrySweep.Blank(session, seq);
            session.Execute("DELETE FROM entry WHERE seq = $seq AND seq <= (SELECT swept FROM retention)", ("$seq", seq));
        }

        session.Execute("DELETE FROM incident WHERE id = $id AND seq IS NOT NULL", ("$id", incident));
        session.Execute("DELETE FROM closed WHERE id = $id", ("$id", incident));
        return entries.Count;
    }

    /// <summary>The entries of an incident that is closed; none of one that is open again.</summary>
    private static IReadOnlyList<(long Seq, EntryType Type, byte[] Body)> Entries(WriterSession session, string incident) => session.Query(
        $"{SqliteLedgerReader.Chain} SELECT seq, type, body FROM chain JOIN entry USING (seq) WHERE EXISTS (SELECT 1 FROM incident WHERE id = $incident AND seq IS NOT NULL) ORDER BY seq",
        row => (row.GetInt64(0), (EntryType)row.GetByte(1), row.GetFieldValue<byte[]>(2)),
        ("$incident", incident));

    private static long Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds();
}
