using CivicSignals.Ledger;
using CivicSignals.Signals;
using Microsoft.Data.Sqlite;

namespace CivicSignals.Silo.Storage.Sqlite;

/// <summary>What polled feeds say is going on, kept beside the ledger.</summary>
internal sealed class SqliteFeedItems(SqliteFile file, SqliteWriter writer) : IFeedItemStore
{
    /// <summary>About how much memory one item holds while it waits to be written, bytes.</summary>
    private const int BytesPerItem = 512;

    public Task<IReadOnlyList<Signal>> GoingOnAsync(string feed, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(file.Read(
            """
            SELECT source, kind, event, voice, lat, lon, uncertainty_m, observed_at, received_at, valid_until FROM feed_item
            WHERE feed = $feed ORDER BY source
            """,
            row => row.All(Signal),
            ("$feed", feed)));
    }

    public Task WriteAsync(string feed, IReadOnlyList<Signal> begun, IReadOnlyList<Signal> ended) =>
        writer.WriteAsync((begun.Count + ended.Count) * BytesPerItem, session =>
        {
            foreach (var signal in ended)
                session.Execute("DELETE FROM feed_item WHERE feed = $feed AND source = $source", ("$feed", feed), ("$source", signal.Source));
            foreach (var signal in begun)
                Write(session, feed, signal);
            return begun.Count;
        });

    private static void Write(WriterSession session, string feed, Signal signal) => session.Execute(
        """
        INSERT OR REPLACE INTO feed_item (feed, source, kind, event, voice, lat, lon, uncertainty_m, observed_at, received_at, valid_until)
        VALUES ($feed, $source, $kind, $event, $voice, $lat, $lon, $uncertainty, $observed, $received, $until)
        """,
        ("$feed", feed),
        ("$source", signal.Source),
        ("$kind", signal.Kind),
        ("$event", (object?)signal.Event ?? DBNull.Value),
        ("$voice", (object?)signal.Group ?? DBNull.Value),
        ("$lat", signal.Place.Lat),
        ("$lon", signal.Place.Lon),
        ("$uncertainty", signal.Place.UncertaintyM),
        ("$observed", signal.ObservedAt.ToUnixTimeMilliseconds()),
        ("$received", signal.ReceivedAt.ToUnixTimeMilliseconds()),
        ("$until", signal.ValidUntil is { } until ? until.ToUnixTimeMilliseconds() : DBNull.Value));

    private static Signal Signal(SqliteDataReader row) => new()
    {
        Source = row.GetString(0),
        Kind = row.GetString(1),
        Active = true,
        Event = row.TextOrNull(2),
        Group = row.TextOrNull(3),
        Place = new Place(row.GetDouble(4), row.GetDouble(5), row.GetDouble(6)),
        ObservedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(7)),
        ReceivedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(8)),
        ValidUntil = row.IsDBNull(9) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(9)),
    };
}
