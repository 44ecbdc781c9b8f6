using CivicSignals.Ingest.Mqtt;

namespace CivicSignals.Ingest.Dialects.ZWave;

/// <summary>
/// A topic of one value: <c>{prefix}/[{location}/]{node}/{class}/{endpoint}/{property}[/{key}]</c>; the class by number or by name, the endpoint as
/// <c>1</c> or <c>endpoint_1</c>. By name a first endpoint may be left out.
/// </summary>
internal readonly ref struct ValueTopic
{
    private const int FirstClass = 0x20;
    private const int LastClass = 0x9f;
    private const int LastEndpoint = 127;
    private const string EndpointPrefix = "endpoint_";

    private ValueTopic(ReadOnlySpan<char> node, int @class, ReadOnlySpan<char> endpoint, ReadOnlySpan<char> property)
    {
        Node = node;
        Class = @class;
        Endpoint = endpoint is "0" ? default : endpoint;
        Property = property;
    }

    /// <summary>All before the class: prefix, location and node.</summary>
    public ReadOnlySpan<char> Node { get; }

    /// <summary>Number of the command class; 0: one that is given by a name and of no interest.</summary>
    public int Class { get; }

    /// <summary>Number of the endpoint; empty for the first.</summary>
    public ReadOnlySpan<char> Endpoint { get; }

    /// <summary>Property and key, with the slash between them.</summary>
    public ReadOnlySpan<char> Property { get; }

    public static bool Find(ReadOnlySpan<char> path, out ValueTopic topic)
    {
        for (var at = path.IndexOf('/') + 1; at > 0 && at < path.Length;)
        {
            if (TryRead(path[..(at - 1)], path[at..], out topic))
                return true;
            var next = path[at..].IndexOf('/');
            at = next < 0 ? path.Length : at + next + 1;
        }

        topic = default;
        return false;
    }

    private static bool TryRead(ReadOnlySpan<char> node, ReadOnlySpan<char> rest, out ValueTopic topic)
    {
        var name = TopicRules.Level(ref rest);
        var number = int.TryParse(name, out var given) && given is >= FirstClass and <= LastClass ? given : 0;
        var named = Values.ClassNamed(name);
        var property = rest;
        var endpoint = TopicRules.Level(ref property);
        var isSpelt = endpoint.StartsWith(EndpointPrefix);
        if (isSpelt)
            endpoint = endpoint[EndpointPrefix.Length..];
        if (!property.IsEmpty && (number > 0 || isSpelt) && byte.TryParse(endpoint, out var index) && index <= LastEndpoint)
            topic = new ValueTopic(node, Math.Max(number, named), endpoint, property);
        else if (named > 0 && Values.Of(named, rest) is not null)
            topic = new ValueTopic(node, named, default, rest);
        else
            topic = default;
        return topic.Property.Length > 0;
    }
}
