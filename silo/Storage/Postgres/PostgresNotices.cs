using System.Text.Json;
using CivicSignals.Ledger;
using CivicSignals.Neighbourhoods;
using CivicSignals.Notices;
using Npgsql;

namespace CivicSignals.Silo.Storage.Postgres;

/// <summary>Official alerts of others, kept beside the ledger.</summary>
internal sealed class PostgresNotices(PostgresDatabase database) : INoticeStore
{
    private const string Columns =
        "id, feed, issuer, headline, event, severity, urgency, certainty, onset, expires, area_description, areas, link, identifier, sender, sent, ended_at";

    public Task<IReadOnlyList<Notice>> CurrentAsync(
        (double South, double West, double North, double East)? box, DateTimeOffset now, int limit, CancellationToken cancellation)
    {
        var (south, west, north, east) = box ?? default;
        return database.ReadAsync(
            new(
                $"""
                SELECT {Columns} FROM notice WHERE ended_at IS NULL AND expires > @now
                  AND (@everywhere OR (south <= @north AND north >= @south AND west <= @east AND east >= @west))
                ORDER BY sent DESC, id LIMIT @limit
                """,
                ("now", now.ToUnixTimeMilliseconds()),
                ("everywhere", box is null),
                ("south", south),
                ("west", west),
                ("north", north),
                ("east", east),
                ("limit", limit)),
            Notice,
            cancellation);
    }

    public Task<IReadOnlyList<Notice>> OfFeedAsync(string feed, int limit, CancellationToken cancellation) => database.ReadAsync(
        new($"SELECT {Columns} FROM notice WHERE feed = @feed ORDER BY sent DESC, id LIMIT @limit", ("feed", feed), ("limit", limit)), Notice, cancellation);

    public Task SaveAsync(IReadOnlyList<Notice> notices, DateTimeOffset now) => database.WriteAsync(
    [
        .. notices.Select(Keep),
        new("DELETE FROM notice WHERE coalesce(ended_at, expires) < @before", ("before", (now - INoticeStore.KeptFor).ToUnixTimeMilliseconds())),
    ]);

    private static Statement Keep(Notice notice)
    {
        var bounds = notice.Areas.Count == 0 ? default((double South, double West, double North, double East)?) : Ring.Bounds(notice.Areas);
        return new(
            $"""
            INSERT INTO notice ({Columns}, south, west, north, east)
            VALUES (@id, @feed, @issuer, @headline, @event, @severity, @urgency, @certainty, @onset, @expires, @description, @areas, @link, @identifier,
              @sender, @sent, @ended, @south, @west, @north, @east)
            ON CONFLICT (id) DO UPDATE SET
              feed = excluded.feed, issuer = excluded.issuer, headline = excluded.headline, event = excluded.event, severity = excluded.severity,
              urgency = excluded.urgency, certainty = excluded.certainty, onset = excluded.onset, expires = excluded.expires,
              area_description = excluded.area_description, areas = excluded.areas, link = excluded.link, identifier = excluded.identifier,
              sender = excluded.sender, sent = excluded.sent, ended_at = excluded.ended_at,
              south = excluded.south, west = excluded.west, north = excluded.north, east = excluded.east
            """,
            ("id", notice.Id),
            ("feed", notice.Feed),
            ("issuer", notice.Issuer),
            ("headline", notice.Headline),
            ("event", notice.Event),
            ("severity", notice.Severity),
            ("urgency", notice.Urgency),
            ("certainty", notice.Certainty),
            ("onset", notice.Onset?.ToUnixTimeMilliseconds()),
            ("expires", notice.Expires.ToUnixTimeMilliseconds()),
            ("description", notice.AreaDescription),
            ("areas", JsonSerializer.Serialize(notice.Areas.Select(ring => ring.Select(point => new[] { point.Lat, point.Lon })))),
            ("link", notice.Link),
            ("identifier", notice.Identifier),
            ("sender", notice.Sender),
            ("sent", notice.Sent.ToUnixTimeMilliseconds()),
            ("ended", notice.EndedAt?.ToUnixTimeMilliseconds()),
            ("south", bounds?.South),
            ("west", bounds?.West),
            ("north", bounds?.North),
            ("east", bounds?.East));
    }

    private static Notice Notice(NpgsqlDataReader row) => new()
    {
        Id = row.GetString(0),
        Feed = row.GetString(1),
        Issuer = row.GetString(2),
        Headline = row.GetString(3),
        Event = row.GetString(4),
        Severity = row.GetString(5),
        Urgency = row.GetString(6),
        Certainty = row.GetString(7),
        Onset = row.TimeOrNull(8),
        Expires = row.Time(9),
        AreaDescription = row.GetString(10),
        Areas = [.. JsonSerializer.Deserialize<double[][][]>(row.GetString(11))!.Select(ring => ring.Select(point => (point[0], point[1])).ToArray())],
        Link = row.TextOrNull(12),
        Identifier = row.GetString(13),
        Sender = row.GetString(14),
        Sent = row.Time(15),
        EndedAt = row.TimeOrNull(16),
    };
}
