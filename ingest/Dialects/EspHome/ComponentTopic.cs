namespace CivicSignals.Ingest.Dialects.EspHome;

/// <summary>
/// A topic of one component: <c>{prefix}/{component}/{name}/{state, command …}</c>. The prefix is the node's name, or what people set in its place.
/// </summary>
internal readonly ref struct ComponentTopic
{
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Components = new HashSet<string>
    {
        "alarm_control_panel", "binary_sensor", "button", "climate", "cover", "date", "datetime", "event", "fan", "light", "lock", "number", "select",
        "sensor", "switch", "text", "text_sensor", "time", "update", "valve",
    }.GetAlternateLookup<ReadOnlySpan<char>>();

    public required ReadOnlySpan<char> Prefix { get; init; }

    public required ReadOnlySpan<char> Component { get; init; }

    public required ReadOnlySpan<char> Name { get; init; }

    public required bool IsState { get; init; }

    public static bool Find(ReadOnlySpan<char> path, out ComponentTopic topic)
    {
        topic = default;
        for (var slash = path.IndexOf('/'); slash > 0; slash = Next(path, slash))
        {
            var componentEnd = Next(path, slash);
            var nameEnd = componentEnd < 0 ? -1 : Next(path, componentEnd);
            if (nameEnd < 0 || !Components.Contains(path[(slash + 1)..componentEnd]))
                continue;
            topic = new ComponentTopic
            {
                Prefix = path[..slash],
                Component = path[(slash + 1)..componentEnd],
                Name = path[(componentEnd + 1)..nameEnd],
                IsState = path[nameEnd..] is "/state",
            };
            return !topic.Name.IsEmpty;
        }

        return false;
    }

    private static int Next(ReadOnlySpan<char> path, int slash)
    {
        var next = path[(slash + 1)..].IndexOf('/');
        return next < 0 ? -1 : slash + 1 + next;
    }
}
