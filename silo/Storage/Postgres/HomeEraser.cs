using CivicSignals.Homes;
using CivicSignals.Ledger;
using Npgsql;

namespace CivicSignals.Silo.Storage.Postgres;

/// <summary>
/// Takes a home, or a reporter, out of the tables, and the old versions of their rows after it. PostgreSQL does not overwrite what it frees: bytes stay unseen in free space
/// until it is used again, in the write-ahead log until it is recycled, and in backups until their next cycle.
/// </summary>
internal static class HomeEraser
{
    /// <summary>What held a name of the home; the areas' states were rewritten by their grains before.</summary>
    private const string Touched = "area, answer, entry, home, consent, device, home_fact, false_call, gateway_memory";

    /// <summary>Erases, all or nothing; how many entries were rewritten.</summary>
    public static async Task<int> EraseAsync(
        NpgsqlConnection connection, HomeRevision home, IReadOnlyList<string> incidents, IReadOnlyList<long> notes, CancellationToken cancellation)
    {
        var entries = 0;
        await using (var transaction = await connection.BeginTransactionAsync(cancellation))
        {
            foreach (var incident in incidents)
                entries += await RewriteAsync(connection, home, new(PostgresLedgerReader.Chain("SELECT e.seq, e.type, e.body"), ("incident", incident)), cancellation);
            foreach (var seq in notes)
                entries += await RewriteAsync(connection, home, new("SELECT seq, type, body FROM entry WHERE seq = @seq", ("seq", seq)), cancellation);
            await ExecuteAsync(
                connection,
                [
                    .. ((string[])["home", "consent", "device", "home_fact"]).Select(table => new Statement($"DELETE FROM {table} WHERE gateway = @gateway", ("gateway", home.Gateway))),
                    new("DELETE FROM false_call WHERE premises = @premises", ("premises", home.Premises)),
                    new("DELETE FROM gateway_memory WHERE starts_with(topic, @topics)", ("topics", HomeNames.Topics(home))),
                    new(
                        "UPDATE answer SET reporter = @erased || gen_random_uuid(), note = '' WHERE reporter = @reporter",
                        ("erased", $"{Erasure.Word}-"),
                        ("reporter", home.Reporter ?? "")),
                ],
                cancellation);
            await transaction.CommitAsync(cancellation);
        }

        // Not truncated: that would lock out who commits meanwhile.
        await ExecuteAsync(connection, [new($"VACUUM (TRUNCATE false) {Touched}")], cancellation);
        return entries;
    }

    private static async Task<int> RewriteAsync(NpgsqlConnection connection, HomeRevision home, Statement select, CancellationToken cancellation)
    {
        var entries = new List<(long Seq, EntryType Type, byte[] Body)>();
        await using (var batch = Batch(connection, [select]))
        await using (var row = await batch.ExecuteReaderAsync(cancellation))
        {
            while (await row.ReadAsync(cancellation))
                entries.Add((row.GetInt64(0), (EntryType)row.GetInt16(1), row.Bytes(2)));
        }

        var rewritten = ErasedLines.Of(home, entries)
            .Select(line => new Statement("UPDATE entry SET body = @body WHERE seq = @seq", ("body", line.Body), ("seq", line.Seq)))
            .ToList();
        if (rewritten.Count > 0)
            await ExecuteAsync(connection, rewritten, cancellation);
        return rewritten.Count;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, IReadOnlyList<Statement> statements, CancellationToken cancellation)
    {
        await using var batch = Batch(connection, statements);
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    private static NpgsqlBatch Batch(NpgsqlConnection connection, IReadOnlyList<Statement> statements)
    {
        var batch = new NpgsqlBatch(connection) { Timeout = 0 };
        foreach (var statement in statements)
            batch.BatchCommands.Add(statement.ToCommand());
        return batch;
    }
}
