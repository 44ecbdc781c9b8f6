using CivicSignals.Ledger;

namespace CivicSignals.Silo.Storage.Postgres;

/// <summary>What accounts on public networks have been told, kept beside the ledger.</summary>
internal sealed class PostgresDeliveries(PostgresDatabase database) : IDeliveryStore
{
    public Task<long?> PositionAsync(string target, CancellationToken cancellation) => database.FirstAsync(
        new("SELECT seq FROM delivery_position WHERE target = @target", ("target", target)), row => (long?)row.GetInt64(0), cancellation);

    public Task SavePositionAsync(string target, long position) => database.WriteAsync(new Statement(
        "INSERT INTO delivery_position (target, seq) VALUES (@target, @seq) ON CONFLICT (target) DO UPDATE SET seq = excluded.seq",
        ("target", target),
        ("seq", position)));

    public Task<Delivered?> FindAsync(string target, string alert, CancellationToken cancellation) => database.FirstAsync(
        new("SELECT alert, remote, version, posts, ended, at FROM delivery WHERE target = @target AND alert = @alert", ("target", target), ("alert", alert)),
        row => new Delivered(row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetInt32(3), row.GetBoolean(4), row.Time(5)),
        cancellation);

    public Task SaveAsync(string target, Delivered delivered) => database.WriteAsync(
        new Statement("DELETE FROM delivery WHERE ended AND at < @old", ("old", (delivered.At - Delivered.KeptFor).ToUnixTimeMilliseconds())),
        new Statement(
            """
            INSERT INTO delivery (target, alert, remote, version, posts, ended, at) VALUES (@target, @alert, @remote, @version, @posts, @ended, @at)
            ON CONFLICT (target, alert) DO UPDATE SET
              remote = excluded.remote, version = excluded.version, posts = excluded.posts, ended = excluded.ended, at = excluded.at
            """,
            ("target", target),
            ("alert", delivered.Alert),
            ("remote", delivered.Remote),
            ("version", delivered.Version),
            ("posts", delivered.Posts),
            ("ended", delivered.Ended),
            ("at", delivered.At.ToUnixTimeMilliseconds())));
}
