using CivicSignals.Ledger;

namespace CivicSignals.Silo.Storage.Sqlite;

/// <summary>Rows beside the ledger that tell of what is long over, and that nobody else removes.</summary>
internal static class PastRows
{
    private const int MostAtOnce = 5000;

    /// <summary>Words of posts are deleted so many rows behind the oldest that is kept, for the reason that <see cref="SqliteRetention"/> gives.</summary>
    private const int Apart = 1000;

    /// <summary>Removes some.</summary>
    public static async Task<RetentionStep> RemoveAsync(SqliteWriter writer, DateTimeOffset now)
    {
        var removed = await writer.WriteAsync(0, session => Remove(session, now));
        return new(0, 0, 0, removed, removed < MostAtOnce);
    }

    private static int Remove(WriterSession session, DateTimeOffset now)
    {
        var (past, notices, deliveries) = (now - RetentionPolicy.Past, now - INoticeStore.KeptFor, now - Delivered.KeptFor);
        return Delete("home_fact", "rowid", "until < $before", past)
            + Delete("power_cut", "rowid", "until < $before", past)
            + Delete("feed_item", "rowid", "ifnull(valid_until, received_at) < $before", past)
            + Delete("notice", "rowid", "ifnull(ended_at, expires) < $before", notices)
            + Delete("delivery", "(target, alert)", "ended <> 0 AND at < $before", deliveries)
            + Delete("delivery", "(target, alert)", "at < $before", past)
            + Delete("post_words", "id", $"id < ifnull((SELECT min(words) FROM post), (SELECT max(id) FROM post_words)) - {Apart}", now);

        int Delete(string table, string key, string where, DateTimeOffset before) => session.Execute(
            $"DELETE FROM {table} WHERE {key} IN (SELECT {key.Trim('(', ')')} FROM {table} WHERE {where} LIMIT {MostAtOnce})",
            ("$before", before.ToUnixTimeMilliseconds()));
    }
}
