namespace CivicSignals.Ingest.Dialects.Homie;

/// <summary>The devices of one home by their own topics.</summary>
internal sealed class HomieDevices
{
    private const int MaxDevices = 500;

    private readonly Dictionary<string, HomieDevice> _devices = [];

    /// <summary>The device's topic that a path begins with; empty: none is known.</summary>
    public ReadOnlySpan<char> TopicIn(ReadOnlySpan<char> path)
    {
        var known = _devices.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var end = path.LastIndexOf('/'); end > 0; end = path[..end].LastIndexOf('/'))
        {
            if (known.ContainsKey(path[..end]))
                return path[..end];
        }

        return path[..HomieTopic.FindDevice(path)];
    }

    /// <summary>A device, met now or before; null: there are too many.</summary>
    public HomieDevice? Of(ReadOnlySpan<char> topic)
    {
        var known = _devices.GetAlternateLookup<ReadOnlySpan<char>>();
        if (known.TryGetValue(topic, out var device) || _devices.Count >= MaxDevices)
            return device;
        device = new HomieDevice();
        known[topic] = device;
        return device;
    }

    public void Remove(ReadOnlySpan<char> topic) => _devices.GetAlternateLookup<ReadOnlySpan<char>>().Remove(topic);
}
