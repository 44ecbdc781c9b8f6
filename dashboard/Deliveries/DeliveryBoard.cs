using System.Collections.Concurrent;

namespace CivicSignals.Dashboard.Deliveries;

/// <summary>How it stands with all accounts. Thread-safe.</summary>
public sealed class DeliveryBoard
{
    private readonly ConcurrentDictionary<string, DeliveryState> _states = [];

    /// <summary>All accounts, by name.</summary>
    public IReadOnlyList<DeliveryState> States => [.. _states.Values.OrderBy(state => state.Target, StringComparer.Ordinal)];

    /// <summary>Shows an account as it stands now.</summary>
    public void Show(DeliveryState state) => _states[state.Target] = state;
}
