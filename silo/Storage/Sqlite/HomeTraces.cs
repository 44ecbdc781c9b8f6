using CivicSignals.Homes;
using CivicSignals.Learning;
using CivicSignals.Ledger;

namespace CivicSignals.Silo.Storage.Sqlite;

/// <summary>
/// Finds where a home is named. Entries are looked through one by one, on a reader's connection: rare enough to need no index, which would
/// be written at every piece of evidence.
/// </summary>
internal sealed class HomeTraces(SqliteFile file)
{
    private const string Naming = "(instr({0}, $home) > 0 OR instr({0}, $signal) > 0 OR instr({0}, $premises) > 0)";
    private const string NamedInNote = "(type = 4 AND (instr(body, $gatewayName) > 0 OR instr(body, $premisesName) > 0))";

    /// <summary>Areas whose state names it.</summary>
    public IReadOnlyList<string> Areas(HomeRevision home) =>
        file.Read($"SELECT area FROM area WHERE {In("state")} ORDER BY area", row => row.All(read => read.GetString(0)), Needles(home));

    /// <summary>The incidents whose lines name it, and the actions whose notes do.</summary>
    public (IReadOnlyList<string> Incidents, IReadOnlyList<long> Notes) Entries(HomeRevision home) => (
        file.Read($"SELECT DISTINCT incident FROM entry WHERE {In("body")}", row => row.All(read => read.GetString(0)), Needles(home)),
        file.Read($"SELECT seq FROM entry WHERE {NamedInNote}", row => row.All(read => read.GetInt64(0)), Needles(home)));

    /// <summary>Its evidence.</summary>
    public IReadOnlyList<LedgerEntry> Evidence(HomeRevision home) => HomeNames.EvidenceOf(home, file.Read(
        $"SELECT seq, at, area, incident, body FROM entry WHERE type = 1 AND {In("body")} ORDER BY seq",
        row => row.All(read => new LedgerEntry(
            read.GetInt64(0),
            EntryType.Evidence,
            DateTimeOffset.FromUnixTimeMilliseconds(read.GetInt64(1)),
            read.GetString(2),
            read.GetString(3),
            read.GetFieldValue<byte[]>(4))),
        Needles(home)));

    /// <summary>What areas have learnt of it.</summary>
    public Learnt Learnt(HomeRevision home) => HomeNames.LearntOf(
        home, file.Read($"SELECT state FROM area WHERE {In("state")} ORDER BY area", row => row.All(read => read.GetFieldValue<byte[]>(0)), Needles(home)));

    /// <summary>What its gateway described.</summary>
    public IReadOnlyList<(string Topic, ReadOnlyMemory<byte> Payload)> Descriptions(HomeRevision home) => file.Read(
        "SELECT topic, payload FROM gateway_memory WHERE substr(topic, 1, length($topics)) = $topics ORDER BY topic",
        row => row.All(read => (read.GetString(0), (ReadOnlyMemory<byte>)read.GetFieldValue<byte[]>(1))),
        ("$topics", HomeNames.Topics(home)));

    private static string In(string column) => Naming.Replace("{0}", column, StringComparison.Ordinal);

    private static (string, object)[] Needles(HomeRevision home)
    {
        var (source, signal, premises) = HomeNames.InLines(home);
        var (gatewayName, premisesName) = HomeNames.InNotes(home);
        return [("$home", source), ("$signal", signal), ("$premises", premises), ("$gatewayName", gatewayName), ("$premisesName", premisesName)];
    }
}
