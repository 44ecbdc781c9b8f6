using CivicSignals.Ledger;

namespace CivicSignals.Tests.Dashboard.Fakes;

/// <summary>A ledger in memory, as its readers see it.</summary>
public sealed class MemoryLedger : ILedgerReader
{
    private readonly Lock _gate = new();
    private readonly List<LedgerEntry> _entries = [];

    /// <summary>When set, every read fails with it.</summary>
    public Exception? Fault { get; set; }

    /// <summary>How often entries were read since the start.</summary>
    public int Reads { get; private set; }

    public long Append(LedgerEntry entry)
    {
        lock (_gate)
        {
            var seq = _entries.Count + 1;
            _entries.Add(entry with { Seq = seq });
            return seq;
        }
    }

    public Task<long> HeadAsync(CancellationToken cancellation) => Read(entries => (long)entries.Count);

    public Task<IReadOnlyList<LedgerEntry>> ReadAsync(long after, TailScope scope, int limit, CancellationToken cancellation) => Read<IReadOnlyList<LedgerEntry>>(entries =>
    {
        Reads++;
        return [.. entries.Where(entry => entry.Seq > after && IsIn(entry, scope)).Take(limit)];
    });

    public Task<IReadOnlyList<LedgerEntry>> IncidentsAsync(IncidentQuery query, CancellationToken cancellation) => Read<IReadOnlyList<LedgerEntry>>(entries =>
    [
        .. entries.Where(entry => entry.Type == EntryType.Incident)
            .GroupBy(entry => entry.Incident).Select(versions => versions.Last())
            .Where(entry => (query.Open is null || entry.Open == query.Open)
                && (query.Since is null || entry.At >= query.Since) && (query.Before is null || entry.Seq < query.Before))
            .OrderByDescending(entry => entry.Seq).Take(query.Limit),
    ]);

    public Task<IReadOnlyList<LedgerEntry>> IncidentAsync(string incident, CancellationToken cancellation) =>
        Read<IReadOnlyList<LedgerEntry>>(entries => [.. entries.Where(entry => entry.Incident == incident)]);

    public Task<IReadOnlyList<LedgerEntry>> PublicAlertsAsync(PublicAlertQuery query, CancellationToken cancellation) => Read<IReadOnlyList<LedgerEntry>>(entries =>
    [
        .. entries.Where(entry => entry.Alert is { Public: true })
            .GroupBy(entry => entry.Alert!.Id).Select(versions => versions.Last())
            .Where(entry => (query.Neighbourhood is null || entry.Alert!.Neighbourhood == query.Neighbourhood)
                && (query.Since is null || entry.At >= query.Since) && (query.Active is null || entry.Alert!.Ended != query.Active))
            .OrderByDescending(entry => entry.Seq).Take(query.Limit),
    ]);

    public Task<IReadOnlyList<LedgerEntry>> AlertAsync(string alert, CancellationToken cancellation) =>
        Read<IReadOnlyList<LedgerEntry>>(entries => [.. entries.Where(entry => entry.Alert?.Id == alert)]);

    private static bool IsIn(LedgerEntry entry, TailScope scope) => scope switch
    {
        TailScope.Public => entry.Alert is { Public: true },
        TailScope.ControlRoom => entry.Type is EntryType.Incident or EntryType.Alert,
        _ => true,
    };

    private Task<T> Read<T>(Func<List<LedgerEntry>, T> what)
    {
        lock (_gate)
            return Fault is null ? Task.FromResult(what(_entries)) : Task.FromException<T>(Fault);
    }
}
