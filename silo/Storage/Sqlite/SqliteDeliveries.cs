using CivicSignals.Ledger;
using Microsoft.Data.Sqlite;

namespace CivicSignals.Silo.Storage.Sqlite;

/// <summary>What accounts on public networks have been told, kept beside the ledger.</summary>
internal sealed class SqliteDeliveries(SqliteFile file, SqliteWriter writer) : IDeliveryStore
{
    /// <summary>About how much memory one write holds while it waits, bytes.</summary>
    private const int Bytes = 512;

    public Task<long?> PositionAsync(string target, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(file.Read(
            "SELECT seq FROM delivery_position WHERE target = $target", row => row.Read() ? row.GetInt64(0) : (long?)null, ("$target", target)));
    }

    public Task SavePositionAsync(string target, long position) => writer.WriteAsync(Bytes, session => session.Execute(
        "INSERT OR REPLACE INTO delivery_position (target, seq) VALUES ($target, $seq)", ("$target", target), ("$seq", position)));

    public Task<Delivered?> FindAsync(string target, string alert, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(file.Read(
            "SELECT alert, remote, version, posts, ended, at FROM delivery WHERE target = $target AND alert = $alert",
            row => row.Read() ? Map(row) : null,
            ("$target", target),
            ("$alert", alert)));
    }

    public Task SaveAsync(string target, Delivered delivered) => writer.WriteAsync(Bytes, session =>
    {
        session.Execute("DELETE FROM delivery WHERE ended <> 0 AND at < $old", ("$old", (delivered.At - Delivered.KeptFor).ToUnixTimeMilliseconds()));
        return session.Execute(
            """
            INSERT OR REPLACE INTO delivery (target, alert, remote, version, posts, ended, at)
            VALUES ($target, $alert, $remote, $version, $posts, $ended, $at)
            """,
            ("$target", target),
            ("$alert", delivered.Alert),
            ("$remote", delivered.Remote),
            ("$version", delivered.Version),
            ("$posts", delivered.Posts),
            ("$ended", delivered.Ended ? 1 : 0),
            ("$at", delivered.At.ToUnixTimeMilliseconds()));
    });

    private static Delivered Map(SqliteDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetInt32(3), row.GetInt32(4) != 0, DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)));
}
