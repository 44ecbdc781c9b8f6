using System.Globalization;
using Npgsql;

namespace CivicSignals.Silo.Hosting.Cluster;

/// <summary>By the database that all silos share: no silo's death loses the others' pushes, as it does with a stream in a silo's memory.</summary>
internal sealed class NotifyPush(NpgsqlDataSource source) : IHeadPush
{
    /// <summary>Name of PostgreSQL's channel.</summary>
    public const string Channel = "ledger_head";

    public async Task PushAsync(long seq)
    {
        await using var command = source.CreateCommand("SELECT pg_notify($1, $2)");
        command.Parameters.AddWithValue(Channel);
        command.Parameters.AddWithValue(seq.ToString(CultureInfo.InvariantCulture));
        await command.ExecuteNonQueryAsync();
    }
}
