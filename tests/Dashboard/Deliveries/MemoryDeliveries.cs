using CivicSignals.Ledger;

namespace CivicSignals.Tests.Dashboard.Deliveries;

/// <summary>A store of deliveries in memory, which fails when it is told to.</summary>
internal sealed class MemoryDeliveries : IDeliveryStore
{
    private readonly Dictionary<string, long> _positions = [];
    private readonly Dictionary<(string, string), Delivered> _delivered = [];

    /// <summary>Writes that still succeed.</summary>
    public int WritesLeft { get; set; } = int.MaxValue;

    public Task<long?> PositionAsync(string target, CancellationToken cancellation) =>
        Task.FromResult(_positions.TryGetValue(target, out var position) ? position : (long?)null);

    public Task SavePositionAsync(string target, long position) => Write(() => _positions[target] = position);

    public Task<Delivered?> FindAsync(string target, string alert, CancellationToken cancellation) => Task.FromResult(_delivered.GetValueOrDefault((target, alert)));

    public Task SaveAsync(string target, Delivered delivered) => Write(() => _delivered[(target, delivered.Alert)] = delivered);

    private Task Write(Action write)
    {
        if (WritesLeft <= 0)
            return Task.FromException(new LedgerUnavailableException("full on purpose"));
        WritesLeft--;
        write();
        return Task.CompletedTask;
    }
}
