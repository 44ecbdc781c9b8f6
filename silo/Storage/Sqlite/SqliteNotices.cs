using System.Text.Json;
using CivicSignals.Ledger;
using CivicSignals.Neighbourhoods;
using CivicSignals.Notices;
using Microsoft.Data.Sqlite;

namespace CivicSignals.Silo.Storage.Sqlite;

/// <summary>Official alerts of others, kept beside the ledger.</summary>
internal sealed class SqliteNotices(SqliteFile file, SqliteWriter writer) : INoticeStore
{
    /// <summary>About how much memory one notice holds while it waits to be written, bytes.</summary>
    private const int BytesPerNotice = 8 * 1024;

    private const string Columns =
        "id, feed, issuer, headline, event, severity, urgency, certainty, onset, expires, area_description, areas, link, identifier, sender, sent, ended_at";

    public Task<IReadOnlyList<Notice>> CurrentAsync(
        (double South, double West, double North, double East)? box, DateTimeOffset now, int limit, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var (south, west, north, east) = box ?? default;
        return Task.FromResult(file.Read(
            $"""
            SELECT {Columns} FROM notice WHERE ended_at IS NULL AND expires > $now
              {(box is null ? "" : "AND south <= $north AND north >= $south AND west <= $east AND east >= $west")}
            ORDER BY sent DESC, id LIMIT $limit
            """,
            row => row.All(Notice),
            ("$now", now.ToUnixTimeMilliseconds()),
            ("$south", south),
            ("$west", west),
            ("$north", north),
            ("$east", east),
            ("$limit", limit)));
    }

    public Task<IReadOnlyList<Notice>> OfFeedAsync(string feed, int limit, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(file.Read(
            $"SELECT {Columns} FROM notice WHERE feed = $feed ORDER BY sent DESC, id LIMIT $limit", row => row.All(Notice), ("$feed", feed), ("$limit", limit)));
    }

    public Task SaveAsync(IReadOnlyList<Notice> notices, DateTimeOffset now) =>
        writer.WriteAsync(notices.Count * BytesPerNotice, session =>
        {
            foreach (var notice in notices)
                Write(session, notice);
            return session.Execute(
                "DELETE FROM notice WHERE ifnull(ended_at, expires) < $before", ("$before", (now - INoticeStore.KeptFor).ToUnixTimeMilliseconds()));
        });

    private static void Write(WriterSession session, Notice notice)
    {
        var bounds = notice.Areas.Count == 0 ? default((double South, double West, double North, double East)?) : Ring.Bounds(notice.Areas);
        session.Execute(
            $"""
            INSERT OR REPLACE INTO notice ({Columns}, south, west, north, east)
            VALUES ($id, $feed, $issuer, $headline, $event, $severity, $urgency, $certainty, $onset, $expires, $description, $areas, $link, $identifier,
              $sender, $sent, $ended, $south, $west, $north, $east)
            """,
            ("$id", notice.Id),
            ("$feed", notice.Feed),
            ("$issuer", notice.Issuer),
            ("$headline", notice.Headline),
            ("$event", notice.Event),
            ("$severity", notice.Severity),
            ("$urgency", notice.Urgency),
            ("$certainty", notice.Certainty),
            ("$onset", Milliseconds(notice.Onset)),
            ("$expires", notice.Expires.ToUnixTimeMilliseconds()),
            ("$description", notice.AreaDescription),
            ("$areas", JsonSerializer.Serialize(notice.Areas.Select(ring => ring.Select(point => new[] { point.Lat, point.Lon })))),
            ("$link", (object?)notice.Link ?? DBNull.Value),
            ("$identifier", notice.Identifier),
            ("$sender", notice.Sender),
            ("$sent", notice.Sent.ToUnixTimeMilliseconds()),
            ("$ended", Milliseconds(notice.EndedAt)),
            ("$south", (object?)bounds?.South ?? DBNull.Value),
            ("$west", (object?)bounds?.West ?? DBNull.Value),
            ("$north", (object?)bounds?.North ?? DBNull.Value),
            ("$east", (object?)bounds?.East ?? DBNull.Value));
    }

    private static Notice Notice(SqliteDataReader row) => new()
    {
        Id = row.GetString(0),
        Feed = row.GetString(1),
        Issuer = row.GetString(2),
        Headline = row.GetString(3),
        Event = row.GetString(4),
        Severity = row.GetString(5),
        Urgency = row.GetString(6),
        Certainty = row.GetString(7),
        Onset = TimeOrNull(row, 8),
        Expires = Time(row.GetInt64(9)),
        AreaDescription = row.GetString(10),
        Areas = [.. JsonSerializer.Deserialize<double[][][]>(row.GetString(11))!.Select(ring => ring.Select(point => (point[0], point[1])).ToArray())],
        Link = row.TextOrNull(12),
        Identifier = row.GetString(13),
        Sender = row.GetString(14),
        Sent = Time(row.GetInt64(15)),
        EndedAt = TimeOrNull(row, 16),
    };

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static DateTimeOffset? TimeOrNull(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : Time(row.GetInt64(column));

    private static object Milliseconds(DateTimeOffset? time) => time is { } given ? given.ToUnixTimeMilliseconds() : DBNull.Value;
}
