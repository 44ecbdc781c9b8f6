using CivicSignals.Ingest.Registration;

namespace CivicSignals.Ingest.Dialects.Zigbee2Mqtt;

/// <summary>What is known of one gateway. All members are used under <see cref="Gate"/>.</summary>
internal sealed class Gateway(Premises premises)
{
    private const int MaxDevices = 2000;
    private const int MaxSourceLength = 200;

    /// <summary>For so long after it starts, a gateway repeats the states that it remembers.</summary>
    private static readonly TimeSpan CatchUp = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, Device> _devices = [];
    private readonly List<string> _bases = [];
    private DateTimeOffset? _firstHeardAt;
    private bool _hasSpoken;
    private DateTimeOffset _onlineAt;

    public Lock Gate { get; } = new();

    public Premises Premises => premises;

    /// <summary>Counts its restarts.</summary>
    public int Epoch { get; private set; }

    /// <summary>A restart of a gateway that was known before; the first start is none, so that nothing that begins then is missed.</summary>
    public void CameOnline(DateTimeOffset at)
    {
        if (!_hasSpoken && (_firstHeardAt is not { } first || at - first <= CatchUp))
            return;
        Epoch++;
        _onlineAt = at;
    }

    /// <summary>
    /// Something of the gateway itself. What is recalled from before the platform's own start does not count: a gateway that reconnects then
    /// says that it is online without having restarted, and what its devices say next is news. What its area knew already is a repeat there.
    /// </summary>
    public void Heard(DateTimeOffset at)
    {
        if (at > DateTimeOffset.MinValue)
            _firstHeardAt ??= at;
    }

    /// <summary>A state of one of its devices: at its first start they come after it said that it is online.</summary>
    public void HeardDevice() => _hasSpoken = true;

    /// <summary>Whether its states may be of any age.</summary>
    public bool IsCatchingUp(DateTimeOffset at) => Epoch > 0 && at - _onlineAt <= CatchUp;

    /// <summary>Learns a base topic (below the gateway's own; empty: the gateway's own) from where its bridge topics are.</summary>
    public void LearnBase(ReadOnlySpan<char> topic)
    {
        var known = topic.ToString();
        if (!_bases.Contains(known) && _bases.Count < 8)
            _bases.Add(known);
    }

    /// <summary>What a topic calls the device: what follows the base topic; empty when the topic is of no known base.</summary>
    public ReadOnlySpan<char> NameIn(ReadOnlySpan<char> path)
    {
        var best = -1;
        foreach (var known in _bases)
        {
            if (known.Length == 0 || (path.StartsWith(known) && path.Length > known.Length && path[known.Length] == '/'))
                best = Math.Max(best, known.Length);
        }

        if (best < 0)
        {
            var first = path[..Math.Max(0, path.IndexOf('/'))];
            if (first is not ("z2m" or "zigbee2mqtt"))
                return default;
            best = first.Length;
        }

        return best == 0 ? path : path[(best + 1)..];
    }

    public Device? Find(ReadOnlySpan<char> path) =>
        _devices.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(path, out var device) ? device : null;

    /// <summary>A device that its gateway has not described: known by its name until then. Null: its name is too long for a source.</summary>
    public Device? Meet(ReadOnlySpan<char> path, ReadOnlySpan<char> name)
    {
        var source = $"homes/{premises.Gateway}/{name}";
        if (source.Length > MaxSourceLength)
            return null;
        var device = new Device(source, DeviceKeys.Usual, this);
        if (_devices.Count < MaxDevices)
            _devices[path.ToString()] = device;
        return device;
    }

    /// <summary>Takes a gateway's new description of all its devices under a base topic.</summary>
    public void Describe(string baseTopic, IReadOnlyList<DeviceDescription> descriptions)
    {
        var prefix = baseTopic.Length == 0 ? "" : baseTopic + "/";
        var before = _devices.Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary();
        var bySource = before.Values.DistinctBy(device => device.Source).ToDictionary(device => device.Source);
        foreach (var path in before.Keys)
            _devices.Remove(path);
        foreach (var description in descriptions.Take(MaxDevices))
        {
            var path = prefix + description.Name;
            var source = $"homes/{premises.Gateway}/{description.Address}";
            var old = bySource.GetValueOrDefault(source) ?? before.GetValueOrDefault(path);
            // An alarm that sounds under a device's name ends under it too, or it would count twice.
            var device = new Device(old is { IsActive: true } ? old.Source : source, description.Keys, this);
            if (old is not null)
                device.Inherit(old);
            _devices[path] = device;
        }
    }
}
