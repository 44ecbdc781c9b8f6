using CivicSignals.Ingest.Dialects.Homes;

namespace CivicSignals.Ingest.Dialects.Zigbee2Mqtt;

/// <summary>The keys of a device that matter: its hazards first, then what it says of itself.</summary>
internal static class DeviceKeys
{
    private const int MaxHazards = 44;
    private const int MaxKeys = 64;

    /// <summary>What is looked for in a device of which nothing is known.</summary>
    public static DeviceKeySet Unknown { get; } = Of("");

    /// <summary>Of a device that its gateway has not described.</summary>
    /// <param name="model">Its model; empty when that is not known either.</param>
    public static DeviceKeySet Of(string model) => Shared(HazardKeys.Usual(model), SupervisionKeys.Usual);

    /// <summary>Of a device that its gateway has described.</summary>
    /// <param name="model">Its model.</param>
    /// <param name="name">What its home calls it.</param>
    /// <param name="exposes">What it publishes.</param>
    public static DeviceKeySet Of(string model, string name, IReadOnlyCollection<Expose> exposes) => Shared(
        exposes.SelectMany(expose => HazardKeys.Of(model, expose)),
        exposes.SelectMany(expose => SupervisionKeys.Of(model, name, expose)));

    private static DeviceKeySet Shared(IEnumerable<DeviceKey> hazards, IEnumerable<DeviceKey> supervision)
    {
        DeviceKey[] first = [.. hazards.Take(MaxHazards)];
        var senses = first.Any(key => key.Kind.AsSpan().StartsWith("gas.") || key.Kind.AsSpan().StartsWith("fire.")); // A thermostat warms up for other reasons.
        var rest = supervision.Where(key => senses || key.Kind != "supervision.warm-up").Take(MaxKeys - MaxHazards - SupervisionKeys.Always.Length);
        return DeviceKeySets.Shared([.. first, .. rest, .. SupervisionKeys.Always]);
    }
}
