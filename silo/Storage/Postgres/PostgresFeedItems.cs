using CivicSignals.Ledger;
using CivicSignals.Signals;
using Npgsql;

namespace CivicSignals.Silo.Storage.Postgres;

/// <summary>What polled feeds say is going on, kept beside the ledger.</summary>
internal sealed class PostgresFeedItems(PostgresDatabase database) : IFeedItemStore
{
    public Task<IReadOnlyList<Signal>> GoingOnAsync(string feed, CancellationToken cancellation) => database.ReadAsync(
        new(
            """
            SELECT source, kind, event, voice, lat, lon, uncertainty_m, observed_at, received_at, valid_until FROM feed_item
            WHERE feed = @feed ORDER BY source
            """,
            ("feed", feed)),
        Signal,
        cancellation);

    public Task WriteAsync(string feed, IReadOnlyList<Signal> begun, IReadOnlyList<Signal> ended) => database.WriteAsync(
    [
        .. ended.Select(signal => new Statement("DELETE FROM feed_item WHERE feed = @feed AND source = @source", ("feed", feed), ("source", signal.Source))),
        .. begun.Select(signal => Keep(feed, signal)),
    ]);

    private static Statement Keep(string feed, Signal signal) => new(
        """
        INSERT INTO feed_item (feed, source, kind, event, voice, lat, lon, uncertainty_m, observed_at, received_at, valid_until)
        VALUES (@feed, @source, @kind, @event, @voice, @lat, @lon, @uncertainty, @observed, @received, @until)
        ON CONFLICT (feed, source) DO UPDATE SET
          kind = excluded.kind, event = excluded.event, voice = excluded.voice, lat = excluded.lat, lon = excluded.lon, uncertainty_m = excluded.uncertainty_m,
          observed_at = excluded.observed_at, received_at = excluded.received_at, valid_until = excluded.valid_until
        """,
        ("feed", feed),
        ("source", signal.Source),
        ("kind", signal.Kind),
        ("event", signal.Event),
        ("voice", signal.Group),
        ("lat", signal.Place.Lat),
        ("lon", signal.Place.Lon),
        ("uncertainty", signal.Place.UncertaintyM),
        ("observed", signal.ObservedAt.ToUnixTimeMilliseconds()),
        ("received", signal.ReceivedAt.ToUnixTimeMilliseconds()),
        ("until", signal.ValidUntil?.ToUnixTimeMilliseconds()));

    private static Signal Signal(NpgsqlDataReader row) => new()
    {
        Source = row.GetString(0),
        Kind = row.GetString(1),
        Active = true,
        Event = row.TextOrNull(2),
        Group = row.TextOrNull(3),
        Place = new Place(row.GetDouble(4), row.GetDouble(5), row.GetDouble(6)),
        ObservedAt = row.Time(7),
        ReceivedAt = row.Time(8),
        ValidUntil = row.TimeOrNull(9),
    };
}
