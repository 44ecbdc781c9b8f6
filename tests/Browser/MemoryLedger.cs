using CivicSignals.Ledger;

namespace CivicSignals.Tests.Browser;

/// <summary>A ledger in memory, for pages only: reads as <see cref="ILedgerReader"/> promises, and tells listeners of each entry.</summary>
internal sealed class MemoryLedger : ILedgerReader
{
    private readonly Lock _gate = new();
    private readonly List<LedgerEntry> _entries = [];

    public event Action<LedgerEntry>? Appended;

    public void Append(LedgerEntry entry)
    {
        lock (_gate)
        {
            entry = entry with { Seq = _entries.Count + 1 };
            _entries.Add(entry);
        }

        Appended?.Invoke(entry);
    }

    public Task<long> HeadAsync(CancellationToken cancellation) => Task.FromResult((long)All().Count);

    public Task<IReadOnlyList<LedgerEntry>> ReadAsync(long after, TailScope scope, int limit, CancellationToken cancellation) =>
        Answer(All().Where(entry => entry.Seq > after).Take(limit));

    public Task<IReadOnlyList<LedgerEntry>> IncidentsAsync(IncidentQuery query, CancellationToken cancellation) => Answer(All()
        .Where(entry => entry.Type == EntryType.Incident)
        .GroupBy(entry => entry.Incident)
        .Select(lines => lines.Last())
        .Where(entry => (query.Open is null || entry.Open == query.Open) && (query.Since is null || entry.At >= query.Since))
        .OrderByDescending(entry => entry.Seq)
        .Take(query.Limit));

    public Task<IReadOnlyList<LedgerEntry>> IncidentAsync(string incident, CancellationToken cancellation) =>
        Answer(All().Where(entry => entry.Incident == incident));

    public Task<IReadOnlyList<LedgerEntry>> PublicAlertsAsync(PublicAlertQuery query, CancellationToken cancellation) => Answer(All()
        .Where(entry => entry.Alert is { Public: true })
        .GroupBy(entry => entry.Alert!.Id)
        .Select(versions => versions.Last())
        .Where(entry => (query.Neighbourhood is null || entry.Alert!.Neighbourhood == query.Neighbourhood)
            && (query.Active is null || entry.Alert!.Ended != query.Active))
        .OrderByDescending(entry => entry.Seq)
        .Take(query.Limit));

    public Task<IReadOnlyList<LedgerEntry>> AlertAsync(string alert, CancellationToken cancellation) =>
        Answer(All().Where(entry => entry.Alert?.Id == alert));

    private List<LedgerEntry> All()
    {
        lock (_gate)
            return [.. _entries];
    }

    private static Task<IReadOnlyList<LedgerEntry>> Answer(IEnumerable<LedgerEntry> entries) =>
        Task.FromResult<IReadOnlyList<LedgerEntry>>([.. entries]);
}
