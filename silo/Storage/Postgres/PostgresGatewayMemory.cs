using CivicSignals.Ledger;
using Npgsql;

namespace CivicSignals.Silo.Storage.Postgres;

/// <summary>What gateways said about their devices, kept beside the ledger.</summary>
internal sealed class PostgresGatewayMemory(PostgresDatabase database) : IGatewayMemory
{
    public Task RememberAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellation) => database.WriteAsync(payload.IsEmpty
        ? new Statement("DELETE FROM gateway_memory WHERE topic = @topic", ("topic", topic))
        : new Statement(
            "INSERT INTO gateway_memory (topic, payload) VALUES (@topic, @payload) ON CONFLICT (topic) DO UPDATE SET payload = excluded.payload",
            ("topic", topic),
            ("payload", payload))).WaitAsync(cancellation);

    public Task<IReadOnlyList<(string Topic, ReadOnlyMemory<byte> Payload)>> RecallAsync(CancellationToken cancellation) => database.ReadAsync(
        new("SELECT topic, payload FROM gateway_memory ORDER BY topic") { TakesLong = true },
        Memory,
        cancellation);

    public Task<IReadOnlyList<(string Topic, ReadOnlyMemory<byte> Payload)>> RecallAsync(string gateway, CancellationToken cancellation) => database.ReadAsync(
        new(
            "SELECT topic, payload FROM gateway_memory WHERE topic >= @first AND topic < @end ORDER BY topic",
            ("first", $"homes/{gateway}/"),
            ("end", $"homes/{gateway}0")), // 0 follows the slash.
        Memory,
        cancellation);

    private static (string, ReadOnlyMemory<byte>) Memory(NpgsqlDataReader row) => (row.GetString(0), row.Bytes(1));
}
