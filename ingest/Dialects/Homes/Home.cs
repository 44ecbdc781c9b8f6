using CivicSignals.Ingest.Registration;

namespace CivicSignals.Ingest.Dialects.Homes;

/// <summary>What is known of one gateway's home, over all dialects. All members are used under <see cref="Gate"/>.</summary>
/// <param name="gateway">As the registry has it: claimed.</param>
/// <param name="dialects">In the order in which they are asked.</param>
/// <param name="sightings">To be told of its dialects, and of its devices that can tell of a hazard.</param>
internal sealed class Home(RegisteredGateway gateway, IReadOnlyList<IHomeDialect> dialects, IDeviceSightings sightings)
{
    /// <summary>Further devices of one home are decoded and forgotten: bounds memory against invented ones.</summary>
    private const int MaxDevices = 2000;
    private const int MaxSourceLength = 200;

    private readonly Dictionary<string, Device> _devices = [];
    private readonly Dictionary<Type, object> _notes = [];
    private readonly HashSet<IHomeDialect> _heard = [];

    public Lock Gate { get; } = new();

    /// <summary>As the registry had it at <see cref="RegistryVersion"/>.</summary>
    public Premises Premises { get; private set; } = gateway.Premises!;

    /// <summary>Counts what is heard of it.</summary>
    public HearingMeter Heard { get; private set; } = gateway.Heard;

    public int RegistryVersion { get; private set; }

    /// <summary>Takes over what the registry says now.</summary>
    public void Refresh(RegisteredGateway now, int version) => (Premises, Heard, RegistryVersion) = (now.Premises!, now.Heard, version);

    /// <summary>Whether it has been heard in a dialect.</summary>
    public bool HasSpoken(IHomeDialect dialect) => _heard.Contains(dialect);

    /// <summary>It speaks a dialect.</summary>
    public void Speaks(IHomeDialect dialect)
    {
        if (_heard.Add(dialect))
            sightings.Speaks(Premises.Gateway, dialect.Name);
    }

    /// <summary>The devices by the path that each speaks on.</summary>
    public IReadOnlyDictionary<string, Device> Devices => _devices;

    /// <summary>Counts the changes of <see cref="Devices"/>.</summary>
    public int Furnished { get; private set; }

    /// <summary>What a dialect keeps of this home.</summary>
    public T Notes<T>()
        where T : class, new()
    {
        if (_notes.TryGetValue(typeof(T), out var notes))
            return (T)notes;
        var fresh = new T();
        _notes.Add(typeof(T), fresh);
        return fresh;
    }

    /// <summary>The device that speaks on a path, or null.</summary>
    public Device? Find(ReadOnlySpan<char> path) =>
        _devices.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(path, out var device) ? device : null;

    /// <summary>
    /// The identity of a device as the platform has it: bound to the gateway that may speak for it. Null when too long for a source.
    /// </summary>
    /// <param name="id">Its own identity in its dialect, the steadiest there is.</param>
    public string? SourceOf(ReadOnlySpan<char> id)
    {
        var source = $"homes/{Premises.Gateway}/{id}";
        return source.Length <= MaxSourceLength ? source : null;
    }

    /// <summary>Whether a dialect that is asked before another takes the messages of a path: a description in the other's words changes nothing then.</summary>
    public bool IsTakenBefore(IHomeDialect dialect, ReadOnlySpan<char> path)
    {
        foreach (var earlier in dialects)
        {
            if (earlier == dialect)
                return false;
            if (earlier.Recognises(this, path))
                return true;
        }

        return false;
    }

    /// <summary>Takes in a device that speaks on a path, in place of whichever did.</summary>
    public void Put(string path, Device device)
    {
        Furnished++;
        if (_devices.Remove(path, out var old))
            old.Retire();
        if (_devices.Count < MaxDevices)
        {
            _devices.Add(path, device);
            foreach (var sighting in device.Sightings())
                sightings.Saw(Premises.Gateway, sighting);
        }
        else
        {
            device.Retire();
        }
    }

    /// <summary>Forgets the device of a path.</summary>
    public void Remove(string path)
    {
        Furnished++;
        if (_devices.Remove(path, out var old))
            old.Retire();
    }

    /// <summary>Forgets all devices.</summary>
    public void Clear()
    {
        Furnished++;
        foreach (var device in _devices.Values)
            device.Retire();
        _devices.Clear();
    }
}
