using System.Text.Json;
using CivicSignals.Learning;
using CivicSignals.Ledger;
using Npgsql;

namespace CivicSignals.Silo.Storage.Postgres;

/// <summary>Where premises stand because of false calls, written with the commits of their areas.</summary>
internal sealed class PostgresFalseCalls(PostgresDatabase database) : IFalseCalls
{
    public Task<IReadOnlyList<FalseCallStanding>> ListAsync(int limit, CancellationToken cancellation) => database.ReadAsync(
        new("SELECT standing FROM false_call ORDER BY step DESC, last_at DESC LIMIT @limit", ("limit", limit)), Standing, cancellation);

    public Task<IReadOnlyList<FalseCallStanding>> OfPremisesAsync(string premises, CancellationToken cancellation) => database.ReadAsync(
        new("SELECT standing FROM false_call WHERE premises = @premises ORDER BY step DESC, last_at DESC", ("premises", premises)), Standing, cancellation);

    /// <summary>What a commit has changed.</summary>
    public static Statement Keep(FalseCallStanding standing) => standing.Calls == 0
        ? new(
            "DELETE FROM false_call WHERE premises = @premises AND hazard = @hazard AND service = @service AND area = @area",
            ("premises", standing.Premises),
            ("hazard", standing.Hazard.ToString()),
            ("service", standing.Service),
            ("area", standing.Area))
        : new(
            """
            INSERT INTO false_call (premises, hazard, service, area, step, last_at, standing)
            VALUES (@premises, @hazard, @service, @area, @step, @last, @standing)
            ON CONFLICT (premises, hazard, service, area) DO UPDATE SET step = excluded.step, last_at = excluded.last_at, standing = excluded.standing
            """,
            ("premises", standing.Premises),
            ("hazard", standing.Hazard.ToString()),
            ("service", standing.Service),
            ("area", standing.Area),
            ("step", (int)standing.Step),
            ("last", standing.LastAt.ToUnixTimeMilliseconds()),
            ("standing", JsonSerializer.SerializeToUtf8Bytes(standing, LedgerJson.Lines.FalseCallStanding)));

    private static FalseCallStanding Standing(NpgsqlDataReader row) => JsonSerializer.Deserialize(row.Bytes(0), LedgerJson.Lines.FalseCallStanding)!;
}
