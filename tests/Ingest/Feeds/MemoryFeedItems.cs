using CivicSignals.Ledger;
using CivicSignals.Signals;

namespace CivicSignals.Tests.Ingest.Feeds;

/// <summary>What feeds say is going on, in memory.</summary>
internal sealed class MemoryFeedItems : IFeedItemStore
{
    private readonly Dictionary<(string Feed, string Source), Signal> _items = [];

    public bool Away { get; set; }

    public IReadOnlyCollection<Signal> All => _items.Values;

    public Task<IReadOnlyList<Signal>> GoingOnAsync(string feed, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Signal>>([.. _items.Where(item => item.Key.Feed == feed).Select(item => item.Value)]);

    public Task WriteAsync(string feed, IReadOnlyList<Signal> begun, IReadOnlyList<Signal> ended)
    {
        if (Away)
            throw new LedgerUnavailableException("away on purpose");
        foreach (var signal in ended)
            _items.Remove((feed, signal.Source));
        foreach (var signal in begun)
            _items[(feed, signal.Source)] = signal;
        return Task.CompletedTask;
    }
}
