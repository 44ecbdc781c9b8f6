using CivicSignals.Homes;
using CivicSignals.Ledger;

namespace CivicSignals.Tests.Ingest;

/// <summary>Homes kept in memory.</summary>
public sealed class MemoryRegistryStore : IRegistryStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, RegisteredHome> _homes = [];
    private readonly Dictionary<(string Gateway, string Id), HomeDevice> _devices = [];
    private string? _file;

    public List<HomeRevision> Erased { get; } = [];

    /// <summary>When set, every write fails with it.</summary>
    public Exception? Fault { get; set; }

    public RegisteredHome? this[string gateway]
    {
        get
        {
            lock (_gate)
                return _homes.GetValueOrDefault(gateway);
        }
    }

    public Task<IReadOnlyList<RegisteredHome>> HomesAsync(CancellationToken cancellation)
    {
        lock (_gate)
            return Task.FromResult<IReadOnlyList<RegisteredHome>>([.. _homes.Values]);
    }

    public Task<string?> ImportedFileAsync(CancellationToken cancellation) => Task.FromResult(_file);

    public Task SaveAsync(IReadOnlyList<RegisteredHome> homes, DateTimeOffset at, string? file = null) => Write(() =>
    {
        foreach (var home in homes)
            _homes[home.Gateway] = home;
        _file = file ?? _file;
    });

    public Task<IReadOnlyList<HomeDevice>> DevicesAsync(string gateway, CancellationToken cancellation)
    {
        lock (_gate)
            return Task.FromResult<IReadOnlyList<HomeDevice>>([.. _devices.Where(entry => entry.Key.Gateway == gateway).Select(entry => entry.Value)]);
    }

    public Task SightAsync(IReadOnlyList<(string Gateway, DeviceSighting Device)> devices, IReadOnlyList<(string Gateway, DateTimeOffset At)> heard, DateTimeOffset at) => Write(() =>
    {
        foreach (var (gateway, device) in devices)
            _devices[(gateway, device.Id)] = new HomeDevice(device, _devices.GetValueOrDefault((gateway, device.Id))?.Room, at);
        foreach (var (gateway, last) in heard)
            _homes[gateway] = _homes[gateway] with { HeardAt = last };
    });

    public Task<bool> NameRoomAsync(string gateway, string device, string? room)
    {
        lock (_gate)
        {
            if (!_devices.TryGetValue((gateway, device), out var known))
                return Task.FromResult(false);
            _devices[(gateway, device)] = known with { Room = room };
            return Task.FromResult(true);
        }
    }

    public Task<HomeRecords> RecordsAsync(HomeRevision home, CancellationToken cancellation) => Task.FromResult(new HomeRecords([], [], [], [], CivicSignals.Learning.Learnt.Nothing));

    public Task<IReadOnlyList<string>> AreasNamingAsync(HomeRevision home, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<string>>([]);

    public async Task<(int Entries, int Incidents)> EraseAsync(HomeRevision home, CancellationToken cancellation)
    {
        await Write(() =>
        {
            _homes.Remove(home.Gateway);
            Erased.Add(home);
        });
        return (0, 0);
    }

    private Task Write(Action write)
    {
        if (Fault is not null)
            return Task.FromException(Fault);
        lock (_gate)
            write();
        return Task.CompletedTask;
    }
}
