using CivicSignals.Homes;
using CivicSignals.Ledger;

namespace CivicSignals.Silo.Storage.Sqlite;

/// <summary>
/// Takes a home, or a reporter, out of the file, its free space included. Lines are rewritten where they stand, at their length, so that nothing is moved and no copy
/// is left behind; tables whose rows move about are written anew.
/// </summary>
internal static class HomeEraser
{
    /// <summary>Bytes of nothing that one row may hold.</summary>
    private const long MostAtOnce = 64 * 1024 * 1024;

    /// <summary>Erases inside the open transaction; how many entries were rewritten.</summary>
    public static int Erase(WriterSession session, HomeRevision home, (IReadOnlyList<string> Incidents, IReadOnlyList<long> Notes) traces)
    {
        return Scrub.Overwriting(session, () =>
        {
            var entries = traces.Incidents.Sum(incident => Rewrite(session, home, $"{SqliteLedgerReader.Chain} SELECT seq, type, body FROM chain JOIN entry USING (seq) ORDER BY seq", ("$incident", incident)));
            entries += traces.Notes.Sum(seq => Rewrite(session, home, "SELECT seq, type, body FROM entry WHERE seq = $seq", ("$seq", seq)));
            foreach (var table in (string[])["home", "consent", "device", "home_fact"])
                session.Execute($"DELETE FROM {table} WHERE gateway = $gateway", ("$gateway", home.Gateway));
            session.Execute("DELETE FROM false_call WHERE premises = $premises", ("$premises", home.Premises));
            session.Execute("DELETE FROM gateway_memory WHERE substr(topic, 1, length($topics)) = $topics", ("$topics", HomeNames.Topics(home)));
            session.Execute(
                "UPDATE answer SET reporter = $erased || lower(hex(randomblob(8))), note = '' WHERE reporter = $reporter",
                ("$erased", $"{Erasure.Word}-"),
                ("$reporter", home.Reporter ?? ""));
            foreach (var table in (string[])["area", "answer", "home", "consent", "device", "home_fact", "false_call", "gateway_memory"])
                Scrub.WriteAnew(session, table);
            OverwriteFreePages(session);
            return entries;
        });
    }

    private static int Rewrite(WriterSession session, HomeRevision home, string sql, (string Name, object Value) key)
    {
        var entries = session.Query(
            sql,
            row => (Seq: row.GetInt64(0), Type: (EntryType)row.GetByte(1), Body: row.GetFieldValue<byte[]>(2)),
            key);
        var rewritten = 0;
        foreach (var (seq, body) in ErasedLines.Of(home, entries))
            rewritten += session.Execute("UPDATE entry SET body = $body WHERE seq = $seq", ("$body", body), ("$seq", seq));
        return rewritten;
    }

    /// <summary>Pages freed before now hold what they held: they are taken, filled with nothing and given back.</summary>
    private static void OverwriteFreePages(WriterSession session)
    {
        var bytes = session.Query("SELECT freelist_count * page_size FROM pragma_freelist_count, pragma_page_size", row => row.GetInt64(0))[0];
        session.Execute("CREATE TABLE blank (bytes BLOB)");
        for (var left = bytes; left > 0; left -= MostAtOnce)
            session.Execute("INSERT INTO blank VALUES (zeroblob($bytes))", ("$bytes", Math.Min(left, MostAtOnce)));
        session.Execute("DROP TABLE blank");
    }
}
