using CivicSignals.Ledger;
using Microsoft.Data.Sqlite;

namespace CivicSignals.Silo.Storage.Sqlite;

/// <summary>What gateways said about their devices, kept beside the ledger.</summary>
internal sealed class SqliteGatewayMemory(SqliteFile file, SqliteWriter writer) : IGatewayMemory
{
    public Task RememberAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellation) =>
        writer.WriteAsync(
            payload.Length,
            session => payload.IsEmpty
                ? session.Execute("DELETE FROM gateway_memory WHERE topic = $topic", ("$topic", topic))
                : session.Execute(
                    "INSERT OR REPLACE INTO gateway_memory (topic, payload) VALUES ($topic, $payload)",
                    ("$topic", topic),
                    ("$payload", payload.ToArray()))).WaitAsync(cancellation);

    public Task<IReadOnlyList<(string Topic, ReadOnlyMemory<byte> Payload)>> RecallAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(file.Read("SELECT topic, payload FROM gateway_memory ORDER BY topic", Memories));
    }

    public Task<IReadOnlyList<(string Topic, ReadOnlyMemory<byte> Payload)>> RecallAsync(string gateway, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(file.Read(
            "SELECT topic, payload FROM gateway_memory WHERE topic >= $first AND topic < $end ORDER BY topic",
            Memories,
            ("$first", $"homes/{gateway}/"),
            ("$end", $"homes/{gateway}0"))); // 0 follows the slash.
    }

    private static IReadOnlyList<(string, ReadOnlyMemory<byte>)> Memories(SqliteDataReader row)
    {
        var memories = new List<(string, ReadOnlyMemory<byte>)>();
        while (row.Read())
            memories.Add((row.GetString(0), row.GetFieldValue<byte[]>(1)));
        return memories;
    }
}
