using CivicSignals.Homes;
using CivicSignals.Learning;
using CivicSignals.Ledger;

namespace CivicSignals.Silo.Storage.Postgres;

/// <summary>
/// Finds where a home is named. Entries are looked through one by one: rare enough to need no index, which would be written at every piece of evidence.
/// </summary>
internal sealed class HomeTraces(PostgresDatabase database)
{
    /// <summary>Areas whose state names it.</summary>
    public Task<IReadOnlyList<string>> AreasAsync(HomeRevision home, CancellationToken cancellation) =>
        database.ReadAsync(Naming(home, "SELECT area FROM area WHERE", "state", "ORDER BY area"), row => row.GetString(0), cancellation);

    /// <summary>The incidents whose lines name it.</summary>
    public Task<IReadOnlyList<string>> IncidentsAsync(HomeRevision home, CancellationToken cancellation) =>
        database.ReadAsync(Naming(home, "SELECT DISTINCT incident FROM entry WHERE", "body"), row => row.GetString(0), cancellation);

    /// <summary>The actions whose notes name it.</summary>
    public Task<IReadOnlyList<long>> NotesAsync(HomeRevision home, CancellationToken cancellation)
    {
        var (gateway, premises) = HomeNames.InNotes(home);
        var notes = new Statement(
            "SELECT seq FROM entry WHERE type = 4 AND (position(@gateway IN body) > 0 OR position(@premises IN body) > 0)", ("gateway", gateway), ("premises", premises));
        return database.ReadAsync(notes with { TakesLong = true }, row => row.GetInt64(0), cancellation);
    }

    /// <summary>Its evidence.</summary>
    public async Task<IReadOnlyList<LedgerEntry>> EvidenceAsync(HomeRevision home, CancellationToken cancellation) => HomeNames.EvidenceOf(home, await database.ReadAsync(
        Naming(home, "SELECT seq, at, area, incident, body FROM entry WHERE type = 1 AND", "body", "ORDER BY seq"),
        row => new LedgerEntry(row.GetInt64(0), EntryType.Evidence, row.Time(1), row.GetString(2), row.GetString(3), row.Bytes(4)),
        cancellation));

    /// <summary>What areas have learnt of it.</summary>
    public async Task<Learnt> LearntAsync(HomeRevision home, CancellationToken cancellation) => HomeNames.LearntOf(
        home, await database.ReadAsync(Naming(home, "SELECT state FROM area WHERE", "state", "ORDER BY area"), row => row.Bytes(0), cancellation));

    /// <summary>What its gateway described.</summary>
    public Task<IReadOnlyList<(string Topic, ReadOnlyMemory<byte> Payload)>> DescriptionsAsync(HomeRevision home, CancellationToken cancellation) => database.ReadAsync(
        new("SELECT topic, payload FROM gateway_memory WHERE starts_with(topic, @topics) ORDER BY topic", ("topics", HomeNames.Topics(home))),
        row => (row.GetString(0), (ReadOnlyMemory<byte>)row.Bytes(1)),
        cancellation);

    private static Statement Naming(HomeRevision home, string select, string column, string order = "")
    {
        var (source, signal, premises) = HomeNames.InLines(home);
        var naming = new Statement(
            $"{select} (position(@home IN {column}) > 0 OR position(@signal IN {column}) > 0 OR position(@premises IN {column}) > 0) {order}",
            ("home", source),
            ("signal", signal),
            ("premises", premises));
        return naming with { TakesLong = true };
    }
}
