using System.Collections.Concurrent;
using CivicSignals.Deliveries;

namespace CivicSignals.Dashboard.Deliveries;

/// <summary>How it stands with all accounts that this silo tells. Thread-safe.</summary>
public sealed class DeliveryBoard
{
    private readonly ConcurrentDictionary<string, DeliveryState> _states = [];

    /// <summary>All accounts, by name.</summary>
    public IReadOnlyList<DeliveryState> States => [.. _states.Values.OrderBy(state => state.Target, StringComparer.Ordinal)];

    /// <summary>Shows an account as it stands now.</summary>
    public void Show(DeliveryState state) => _states[state.Target] = state;

    /// <summary>Shows an account no more: another silo may tell it now.</summary>
    public void Remove(string target) => _states.TryRemove(target, out _);
}
