using CivicSignals.Ingest.Registration;

namespace CivicSignals.Ingest.Dialects.Vss;

/// <summary>The vehicles that spoke lately. Forgets the one that came first.</summary>
internal sealed class Fleet(Registry registry, int capacity = 20_000)
{
    private const int VinLength = 17;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, VssVehicle> _vehicles = [];
    private readonly Queue<string> _order = new();

    /// <param name="id">As its topic has it.</param>
    public VssVehicle Find(ReadOnlySpan<char> id)
    {
        lock (_gate)
        {
            var vehicles = _vehicles.GetAlternateLookup<ReadOnlySpan<char>>();
            if (vehicles.TryGetValue(id, out var vehicle))
                return vehicle;
            if (_order.Count == capacity)
                _vehicles.Remove(_order.Dequeue());
            var name = id.ToString();
            _order.Enqueue(name);
            return _vehicles[name] = new VssVehicle(SourceOf(name));
        }
    }

    /// <summary>A registered vehicle's own name, so that all that it speaks is one source; an alias for any other, and for what is as long as a VIN.</summary>
    private string SourceOf(string id) => registry.IsSender(id) && id.Length != VinLength ? $"vehicles/{id}" : Alias.Of("vss", id);
}
