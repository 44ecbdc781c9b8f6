using CivicSignals.Ledger;

namespace CivicSignals.Silo.Storage.Sqlite;

/// <summary>Deletes entries that are blank, from the oldest on, behind the first that still says who and where.</summary>
internal static class EntrySweep
{
    private const int MostAtOnce = 1000;

    /// <summary>
    /// So many rows stay between what is deleted and what must not be moved: more than there are on the few pages that SQLite rearranges at once.
    /// </summary>
    private const int Apart = 1000;

    /// <summary>Leaves nothing of an entry but its number and its time, by which numbers are found: no reader finds it any more. Its row is deleted later.</summary>
    public static void Blank(WriterSession session, long seq) => session.Execute(
        """
        UPDATE entry SET type = 0, area = '', incident = '', body = x'', open = 0, alert = NULL, alert_version = NULL, public = NULL, neighbourhood = NULL,
          ended = NULL, previous = NULL
        WHERE seq = $seq
        """,
        ("$seq", seq));

    /// <summary>Goes on from where it stopped, for so many rows.</summary>
    public static async Task<RetentionStep> RunAsync(SqliteFile file, SqliteWriter writer)
    {
        // A row is settled when it is blank, or of an incident that has been reduced.
        var rows = file.Read(
            $"""
            SELECT e.seq, e.type = 0 OR coalesce(c.reduced, 0) FROM entry e LEFT JOIN closed c ON c.id = e.incident
            WHERE e.seq > (SELECT swept FROM retention) ORDER BY e.seq LIMIT {MostAtOnce + Apart}
            """,
            row => row.All(read => (Seq: read.GetInt64(0), IsSettled: read.GetBoolean(1))));
        var end = rows.TakeWhile(row => row.IsSettled).LastOrDefault().Seq - Apart;
        if (rows.Count == 0 || end < rows[0].Seq)
            return new(0, 0, 0, 0, true);
        var deleted = await writer.WriteAsync(0, session =>
        {
            var blank = session.Execute("DELETE FROM entry WHERE seq > (SELECT swept FROM retention) AND seq <= $end AND type = 0", ("$end", end));
            session.Execute("UPDATE retention SET swept = $end", ("$end", end));
            return blank;
        });
        return new(0, 0, deleted, 0, rows.Count < MostAtOnce + Apart);
    }
}
