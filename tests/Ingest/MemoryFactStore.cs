using CivicSignals.Homes;
using CivicSignals.Ledger;

namespace CivicSignals.Tests.Ingest;

/// <summary>Facts kept in memory; the home-safety list is what a test says.</summary>
public sealed class MemoryFactStore : IHomeFactStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string, string, HomeFactKind, DateTimeOffset), HomeFact> _facts = [];
    private readonly Dictionary<(string, DateTimeOffset), PowerCut> _cuts = [];

    /// <summary>When set, every write fails with it.</summary>
    public Exception? Fault { get; set; }

    public List<PreventionEntry> Prevention { get; } = [];

    public IReadOnlyList<HomeFact> Facts
    {
        get
        {
            lock (_gate)
                return [.. _facts.Values];
        }
    }

    public IReadOnlyList<PowerCut> Cuts
    {
        get
        {
            lock (_gate)
                return [.. _cuts.Values];
        }
    }

    public Task<(IReadOnlyList<HomeFact> Facts, IReadOnlyList<PowerCut> PowerCuts)> OpenAsync(CancellationToken cancellation) =>
        Task.FromResult<(IReadOnlyList<HomeFact>, IReadOnlyList<PowerCut>)>(([.. Facts.Where(fact => fact.Until is null)], [.. Cuts.Where(cut => cut.Until is null)]));

    public Task WriteAsync(IReadOnlyList<HomeFact> facts, IReadOnlyList<PowerCut> powerCuts)
    {
        if (Fault is not null)
            return Task.FromException(Fault);
        lock (_gate)
        {
            foreach (var fact in facts)
                _facts[(fact.Gateway, fact.Device, fact.What, fact.Since)] = fact;
            foreach (var cut in powerCuts)
                _cuts[(cut.Area, cut.Since)] = cut;
        }

        return Task.CompletedTask;
    }

    public Task<int> CountAsync(string gateway, string device, HomeFactKind what, DateTimeOffset since, CancellationToken cancellation) =>
        Task.FromResult(Facts.Count(fact => fact.Gateway == gateway && fact.Device == device && fact.What == what && fact.Since >= since));

    public Task<IReadOnlyList<HomeFact>> OfHomeAsync(string gateway, int limit, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<HomeFact>>([.. Facts.Where(fact => fact.Gateway == gateway).Take(limit)]);

    public Task<IReadOnlyList<HomeFact>> AwayAsync(int limit, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<HomeFact>>([.. Facts.Where(fact => fact is { Until: null, What: HomeFactKind.Offline or HomeFactKind.Silent }).Take(limit)]);

    public Task<IReadOnlyList<PowerCut>> PowerCutsAsync(int limit, CancellationToken cancellation) => Task.FromResult(Cuts);

    public Task<IReadOnlyList<PreventionEntry>> PreventionAsync(int limit, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<PreventionEntry>>([.. Prevention]);
}
