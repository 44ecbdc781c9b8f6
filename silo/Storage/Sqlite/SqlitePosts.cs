using System.Text.Json;
using CivicSignals.Ledger;
using CivicSignals.Signals;
using Microsoft.Data.Sqlite;

namespace CivicSignals.Silo.Storage.Sqlite;

/// <summary>Public posts, kept beside the ledger. What is forgotten is in no byte of the file or its log any more.</summary>
internal sealed class SqlitePosts(SqliteFile file, SqliteWriter writer) : IPostStore
{
    /// <summary>About how much memory one post holds while it waits to be written, bytes.</summary>
    private const int BytesPerPost = 4096;

    private const string Posts =
        "SELECT p.key, p.source, w.bytes, p.at, p.kind, p.lat, p.lon, p.uncertainty_m, p.chain FROM post p JOIN post_words w ON w.id = p.words";

    private readonly Lock _gate = new();
    private Task _truncating = Task.CompletedTask;
    private Task? _next;

    public Task<string?> CursorAsync(string stream, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(file.Read("SELECT cursor FROM post_cursor WHERE stream = $stream", row => row.Read() ? row.GetString(0) : null, ("$stream", stream)));
    }

    public Task SaveCursorAsync(string stream, string cursor) => writer.WriteAsync(0, session => session.Execute(
        "INSERT INTO post_cursor (stream, cursor) VALUES ($stream, $cursor) ON CONFLICT (stream) DO UPDATE SET cursor = excluded.cursor",
        ("$stream", stream),
        ("$cursor", cursor)));

    public async Task KeepAsync(KeptPost post)
    {
        var replaced = await writer.WriteAsync(BytesPerPost, session =>
        {
            var before = Forget(session, post.Key);
            session.Execute("INSERT INTO post_words (bytes) VALUES ($bytes)", ("$bytes", JsonSerializer.SerializeToUtf8Bytes(new[] { post.Text, post.Url })));
            session.Execute(
                "INSERT INTO post (key, source, at, kind, lat, lon, uncertainty_m, chain, words) VALUES ($key, $source, $at, $kind, $lat, $lon, $uncertainty, $chain, last_insert_rowid())",
                ("$key", post.Key),
                ("$source", post.Source),
                ("$at", post.At.ToUnixTimeMilliseconds()),
                ("$kind", post.Kind),
                ("$lat", post.Place.Lat),
                ("$lon", post.Place.Lon),
                ("$uncertainty", post.Place.UncertaintyM),
                ("$chain", post.Group ?? (object)DBNull.Value));
            return before;
        });
        if (replaced > 0)
            await TruncateLogAsync();
    }

    public Task<IReadOnlyList<KeptPost>> FindAsync(IReadOnlyCollection<string> keys, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(file.Read($"{Posts} WHERE p.key IN (SELECT value FROM json_each($keys))", row => row.All(Post), ("$keys", JsonSerializer.Serialize(keys))));
    }

    public Task<IReadOnlyList<KeptPost>> OfSourceAsync(string source, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(file.Read($"{Posts} WHERE p.source = $source ORDER BY p.at, p.key", row => row.All(Post), ("$source", source)));
    }

    public Task<IReadOnlyList<KeptPost>> RecentAsync(DateTimeOffset since, int limit, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(file.Read(
            $"{Posts} WHERE p.at >= $since ORDER BY p.at DESC, p.words DESC LIMIT $limit",
            row => row.All(Post),
            ("$since", since.ToUnixTimeMilliseconds()),
            ("$limit", limit)));
    }

    public Task ForgetBeforeAsync(DateTimeOffset moment) => ForgetAsync(file.Read(
        "SELECT key FROM post WHERE at < $moment", row => row.All(read => read.GetString(0)), ("$moment", moment.ToUnixTimeMilliseconds())));

    public async Task ForgetAsync(IReadOnlyCollection<string> keys)
    {
        if (await writer.WriteAsync(0, session => keys.Sum(key => Forget(session, key))) > 0)
            await TruncateLogAsync();
    }

    /// <summary>Overwrites the words with nothing, at their length.</summary>
    private static int Forget(WriterSession session, string key)
    {
        session.Execute("UPDATE post_words SET bytes = zeroblob(length(bytes)) WHERE id = (SELECT words FROM post WHERE key = $key)", ("$key", key));
        return session.Execute("DELETE FROM post WHERE key = $key", ("$key", key));
    }

    /// <summary>Takes what was overwritten out of the -wal file too. Who comes while it runs shares the next run.</summary>
    private Task TruncateLogAsync()
    {
        lock (_gate)
            return _next ??= TruncateLogAsync(_truncating);
    }

    private async Task TruncateLogAsync(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (_gate)
            (_truncating, _next) = (_next!, null);
        while (!await writer.TruncateLogAsync())
            await Task.Delay(TimeSpan.FromMilliseconds(50)); // A reader still looks at what was.
    }

    private static KeptPost Post(SqliteDataReader row)
    {
        var words = JsonSerializer.Deserialize<string[]>(row.GetFieldValue<byte[]>(2))!;
        return new KeptPost(
            row.GetString(0),
            row.GetString(1),
            words[0],
            words[1],
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)),
            row.GetString(4),
            new Place(row.GetDouble(5), row.GetDouble(6), row.GetDouble(7)),
            row.TextOrNull(8));
    }
}
