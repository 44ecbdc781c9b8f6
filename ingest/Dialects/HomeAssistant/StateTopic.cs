namespace CivicSignals.Ingest.Dialects.HomeAssistant;

/// <summary>A topic of mqtt_statestream: <c>{base}/{domain}/{object}/{state or attribute}</c>. Its base has any name that people gave it.</summary>
internal readonly ref struct StateTopic
{
    public required ReadOnlySpan<char> Base { get; init; }

    public required ReadOnlySpan<char> Domain { get; init; }

    public required ReadOnlySpan<char> Object { get; init; }

    public required ReadOnlySpan<char> Leaf { get; init; }

    public static bool Find(ReadOnlySpan<char> path, out StateTopic topic)
    {
        topic = default;
        var leafAt = path.LastIndexOf('/');
        var objectAt = leafAt <= 0 ? -1 : path[..leafAt].LastIndexOf('/');
        var domainAt = objectAt <= 0 ? -1 : path[..objectAt].LastIndexOf('/');
        if (domainAt <= 0)
            return false;
        topic = new StateTopic
        {
            Base = path[..domainAt],
            Domain = path[(domainAt + 1)..objectAt],
            Object = path[(objectAt + 1)..leafAt],
            Leaf = path[(leafAt + 1)..],
        };
        return !topic.Object.IsEmpty;
    }

    /// <summary>Whether its base is called as people mostly call it.</summary>
    public bool HasUsualBase => Base[(Base.LastIndexOf('/') + 1)..] is DiscoveryTopic.DefaultPrefix or "hass" or "ha" or "home-assistant" or "home_assistant" or "statestream";

    /// <summary>Whether nothing but statestream has a topic like it.</summary>
    public bool IsTelling => Leaf is "device_class" or "friendly_name" or "last_changed" or "last_updated";
}
