using System.Text.Json;
using CivicSignals.Learning;
using CivicSignals.Ledger;
using Microsoft.Data.Sqlite;

namespace CivicSignals.Silo.Storage.Sqlite;

/// <summary>Where premises stand because of false calls, written with the commits of their areas.</summary>
internal sealed class SqliteFalseCalls(SqliteFile file) : IFalseCalls
{
    public Task<IReadOnlyList<FalseCallStanding>> ListAsync(int limit, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(file.Read("SELECT standing FROM false_call ORDER BY step DESC, last_at DESC LIMIT $limit", Standings, ("$limit", limit)));
    }

    public Task<IReadOnlyList<FalseCallStanding>> OfPremisesAsync(string premises, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(file.Read(
            "SELECT standing FROM false_call WHERE premises = $premises ORDER BY step DESC, last_at DESC", Standings, ("$premises", premises)));
    }

    /// <summary>Writes what a commit has changed, inside its transaction.</summary>
    public static void Write(SqliteConnection connection, FalseCallStanding standing)
    {
        using var command = connection.CreateCommand();
        command.CommandText = standing.Calls == 0
            ? "DELETE FROM false_call WHERE premises = $premises AND hazard = $hazard AND service = $service AND area = $area"
            : """
              INSERT OR REPLACE INTO false_call (premises, hazard, service, area, step, last_at, standing)
              VALUES ($premises, $hazard, $service, $area, $step, $last, $standing)
              """;
        command.Parameters.AddWithValue("$premises", standing.Premises);
        command.Parameters.AddWithValue("$hazard", standing.Hazard.ToString());
        command.Parameters.AddWithValue("$service", standing.Service);
        command.Parameters.AddWithValue("$area", standing.Area);
        if (standing.Calls > 0)
        {
            command.Parameters.AddWithValue("$step", (int)standing.Step);
            command.Parameters.AddWithValue("$last", standing.LastAt.ToUnixTimeMilliseconds());
            command.Parameters.AddWithValue("$standing", JsonSerializer.SerializeToUtf8Bytes(standing, LedgerJson.Lines.FalseCallStanding));
        }

        command.ExecuteNonQuery();
    }

    private static IReadOnlyList<FalseCallStanding> Standings(SqliteDataReader row) =>
        row.All(read => JsonSerializer.Deserialize(read.GetFieldValue<byte[]>(0), LedgerJson.Lines.FalseCallStanding)!);
}
