using CivicSignals.Ingest.Dialects.Homes;

namespace CivicSignals.Ingest.Dialects.Scaip;

/// <summary>The telecare units behind one gateway: one in a home, many in a scheme or at an alarm receiving centre.</summary>
internal sealed class Units
{
    private const int MaxUnits = 2000;

    private readonly Dictionary<string, Unit> _units = [];

    public Unit Of(string id)
    {
        if (_units.TryGetValue(id, out var unit))
            return unit;
        unit = new Unit();
        if (_units.Count < MaxUnits)
            _units.Add(id, unit);
        return unit;
    }
}

/// <summary>One telecare unit and the devices that it has spoken of.</summary>
internal sealed class Unit
{
    private const int MaxDevices = 64;

    private readonly List<Device> _devices = [];

    public Link Link { get; } = new();

    public IReadOnlyList<Device> Devices => _devices;

    public void Add(Device device)
    {
        if (_devices.Count < MaxDevices)
            _devices.Add(device);
    }
}
