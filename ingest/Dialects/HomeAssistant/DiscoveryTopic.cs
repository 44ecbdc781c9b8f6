namespace CivicSignals.Ingest.Dialects.HomeAssistant;

/// <summary>
/// The topic of a discovery message: <c>{prefix}/{component}/[{node}/]{object}/config</c>, or <c>{prefix}/device/{object}/config</c> for a device with
/// all its components. Levels before the prefix were put there by the bridge and stand before every topic that the message names.
/// </summary>
internal readonly ref struct DiscoveryTopic
{
    public const string DefaultPrefix = "homeassistant";
    public const string WholeDevice = "device";

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Components = new HashSet<string>
    {
        WholeDevice, "alarm_control_panel", "binary_sensor", "button", "camera", "climate", "cover", "device_automation", "device_tracker", "event", "fan",
        "humidifier", "image", "lawn_mower", "light", "lock", "notify", "number", "scene", "select", "sensor", "siren", "switch", "tag", "text",
        "update", "vacuum", "valve", "water_heater",
    }.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>What the bridge put in front, with its slash; or empty.</summary>
    public required ReadOnlySpan<char> Front { get; init; }

    public required ReadOnlySpan<char> Component { get; init; }

    public required ReadOnlySpan<char> Object { get; init; }

    public static bool IsComponent(ReadOnlySpan<char> level) => Components.Contains(level);

    public static bool Find(ReadOnlySpan<char> path, out DiscoveryTopic topic)
    {
        topic = default;
        var rest = path;
        if (Last(ref rest) is not "config")
            return false;
        var @object = Last(ref rest);
        var second = Last(ref rest);
        var beforeSecond = rest;
        var third = Last(ref rest);
        var isSplit = !rest.IsEmpty && IsComponent(third) && third is not WholeDevice;
        var component = isSplit ? third : second;
        rest = isSplit ? rest : beforeSecond;
        if (@object.IsEmpty || rest.IsEmpty || !IsComponent(component))
            return false;
        Last(ref rest);
        topic = new DiscoveryTopic { Front = path[..(rest.Length == 0 ? 0 : rest.Length + 1)], Component = component, Object = @object };
        return true;
    }

    /// <summary>Takes the last level off a path.</summary>
    private static ReadOnlySpan<char> Last(scoped ref ReadOnlySpan<char> path)
    {
        var slash = path.LastIndexOf('/');
        var level = path[(slash + 1)..];
        path = path[..Math.Max(0, slash)];
        return level;
    }
}
