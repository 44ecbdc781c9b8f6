using CivicSignals.Ledger;
using CivicSignals.Signals;
using Npgsql;

namespace CivicSignals.Silo.Storage.Postgres;

/// <summary>Public posts, kept beside the ledger. What is forgotten goes from the files when the table is vacuumed, soon after: see its migration.</summary>
internal sealed class PostgresPosts(PostgresDatabase database) : IPostStore
{
    private const string Posts = "SELECT key, source, text, url, at, kind, lat, lon, uncertainty_m, chain FROM post";

    public Task<string?> CursorAsync(string stream, CancellationToken cancellation) =>
        database.FirstAsync(new("SELECT cursor FROM post_cursor WHERE stream = @stream", ("stream", stream)), row => row.GetString(0), cancellation);

    public Task SaveCursorAsync(string stream, string cursor) => database.WriteAsync(new Statement(
        "INSERT INTO post_cursor (stream, cursor) VALUES (@stream, @cursor) ON CONFLICT (stream) DO UPDATE SET cursor = excluded.cursor",
        ("stream", stream),
        ("cursor", cursor)));

    public Task KeepAsync(KeptPost post) => database.WriteAsync(new Statement(
        """
        INSERT INTO post (key, source, text, url, at, kind, lat, lon, uncertainty_m, chain)
        VALUES (@key, @source, @text, @url, @at, @kind, @lat, @lon, @uncertainty, @chain)
        ON CONFLICT (key) DO UPDATE SET
          id = DEFAULT, source = excluded.source, text = excluded.text, url = excluded.url, at = excluded.at, kind = excluded.kind,
          lat = excluded.lat, lon = excluded.lon, uncertainty_m = excluded.uncertainty_m, chain = excluded.chain
        """,
        ("key", post.Key),
        ("source", post.Source),
        ("text", post.Text),
        ("url", post.Url),
        ("at", post.At.ToUnixTimeMilliseconds()),
        ("kind", post.Kind),
        ("lat", post.Place.Lat),
        ("lon", post.Place.Lon),
        ("uncertainty", post.Place.UncertaintyM),
        ("chain", post.Group)));

    public Task<IReadOnlyList<KeptPost>> FindAsync(IReadOnlyCollection<string> keys, CancellationToken cancellation) =>
        database.ReadAsync(new($"{Posts} WHERE key = ANY(@keys)", ("keys", keys.ToArray())), Post, cancellation);

    public Task<IReadOnlyList<KeptPost>> OfSourceAsync(string source, CancellationToken cancellation) =>
        database.ReadAsync(new($"{Posts} WHERE source = @source ORDER BY at, key", ("source", source)), Post, cancellation);

    public Task<IReadOnlyList<KeptPost>> RecentAsync(DateTimeOffset since, int limit, CancellationToken cancellation) => database.ReadAsync(
        new($"{Posts} WHERE at >= @since ORDER BY at DESC, id DESC LIMIT @limit", ("since", since.ToUnixTimeMilliseconds()), ("limit", limit)), Post, cancellation);

    public Task ForgetBeforeAsync(DateTimeOffset moment) =>
        database.WriteAsync(new Statement("DELETE FROM post WHERE at < @moment", ("moment", moment.ToUnixTimeMilliseconds())));

    public Task ForgetAsync(IReadOnlyCollection<string> keys) =>
        database.WriteAsync(new Statement("DELETE FROM post WHERE key = ANY(@keys)", ("keys", keys.ToArray())));

    private static KeptPost Post(NpgsqlDataReader row) => new(
        row.GetString(0),
        row.GetString(1),
        row.GetString(2),
        row.GetString(3),
        row.Time(4),
        row.GetString(5),
        new Place(row.GetDouble(6), row.GetDouble(7), row.GetDouble(8)),
        row.TextOrNull(9));
}
