using CivicSignals.Ledger;
using Npgsql;

namespace CivicSignals.Silo.Storage.Postgres;

/// <summary>What gateways said about their devices, kept beside the ledger.</summary>
internal sealed class PostgresGatewayMemory(PostgresDatabase database) : IGatewayMemory
{
    private readonly MemoryWriter _writer = new(database);

    public Task RememberAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellation) => _writer.WriteAsync(topic, payload).WaitAsync(cancellation);

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
