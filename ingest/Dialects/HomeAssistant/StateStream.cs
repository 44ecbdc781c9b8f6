using CivicSignals.Ingest.Dialects.Homes;

namespace CivicSignals.Ingest.Dialects.HomeAssistant;

/// <summary>What is known of the statestreams of one home.</summary>
internal sealed class StateStream
{
    private const int MaxBases = 8;

    private readonly HashSet<string> _bases = [];

    /// <summary>Home Assistant itself.</summary>
    public Link Link { get; } = new();

    public bool IsBase(ReadOnlySpan<char> path) => _bases.GetAlternateLookup<ReadOnlySpan<char>>().Contains(path);

    /// <summary>Takes in a base; whether it is a new one.</summary>
    public bool Learn(ReadOnlySpan<char> @base) => _bases.Count < MaxBases && _bases.GetAlternateLookup<ReadOnlySpan<char>>().Add(@base);

    /// <summary>What the states of an entity say: on, and that it is unavailable, which is neither on nor off. Null: nothing of interest.</summary>
    public static DeviceKeySet? KeysOf(string domain, string deviceClass, string name)
    {
        if (domain == "alarm_control_panel")
            return Keys(new DeviceKey("state", "intrusion.alarm", ["triggered"], Panel.Quiet), Panel.Quiet);
        if (domain != "binary_sensor" || deviceClass.Length == 0 || DeviceClasses.KindOf(deviceClass, name) is not { } kind)
            return null;
        var (on, off) = DeviceClasses.IsInverted(deviceClass) ? ("off", "on") : ("on", "off");
        return Keys(new DeviceKey("state", kind, [on], [off]), ["on", "off"]);
    }

    private static DeviceKeySet Keys(DeviceKey key, string[] available) => DeviceKeySets.Shared(
        key.Kind == "supervision.offline" ? [key] : [key, new DeviceKey("state", "supervision.offline", ["unavailable"], available)]);
}
