using System.Collections.Concurrent;
using CivicSignals.Ingest.Mqtt;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Ingest.Registration;

namespace CivicSignals.Ingest.Dialects.Homes;

/// <summary>
/// What gateways publish under <c>homes/{gateway}/</c>, unmodified: finds the home, and the dialect by the topic's shape and by what the home
/// told of itself. A topic that a device speaks on leads to that device at once.
/// </summary>
internal sealed class HomesDialect(Registry registry, IEnumerable<IHomeDialect> dialects, IDeviceSightings sightings, Strangers strangers) : IDialect
{
    private readonly IHomeDialect[] _dialects = [.. dialects];
    private readonly ConcurrentDictionary<string, Home> _homes = new();
    private readonly ConcurrentDictionary<string, Device> _byTopic = new();

    /// <summary>The homes that have been heard since the platform started.</summary>
    public IEnumerable<Home> Homes => _homes.Select(entry => entry.Value);

    public bool Recognises(ReadOnlySpan<char> topic) => topic.StartsWith("homes/");

    public bool IsMetadata(ReadOnlySpan<char> topic)
    {
        foreach (var dialect in _dialects)
        {
            if (dialect.IsMetadata(topic))
                return true;
        }

        return false;
    }

    public Decoded Decode(in InboundMessage message)
    {
        var version = registry.Version;
        if (_byTopic.TryGetValue(message.Topic, out var known))
        {
            lock (known.Home.Gate)
            {
                if (!known.IsRetired && known.Home.RegistryVersion == version)
                {
                    known.Home.Heard.Count(message.ReceivedAt);
                    return known.Dialect.Read(known, message);
                }
            }
        }

        var path = message.Topic.AsSpan();
        TopicRules.Level(ref path);
        var name = TopicRules.Level(ref path);
        var isRecalled = message.ReceivedAt == DateTimeOffset.MinValue; // It was heard before.
        if (registry.Find(name) is not { } gateway)
        {
            Forget(name);
            if (!isRecalled)
                strangers.Count(name, message.ReceivedAt);
            return Decoded.Reject(Reasons.UnregisteredSource);
        }

        if (!isRecalled)
            gateway.Heard.Count(message.ReceivedAt);
        if (gateway.Premises is null)
        {
            Forget(name);
            return Decoded.Reject(Reasons.UnclaimedGateway);
        }

        var home = _homes.GetOrAdd(gateway.Premises.Gateway, static (_, made) => new Home(made.gateway, made._dialects, made.sightings), (gateway, _dialects, sightings));
        lock (home.Gate)
        {
            home.Refresh(gateway, version);
            return Decode(home, path, message);
        }
    }

    private Decoded Decode(Home home, ReadOnlySpan<char> path, in InboundMessage message)
    {
        if (home.Find(path) is { } device)
        {
            device.RouteBy(message.Topic, _byTopic);
            return device.Dialect.Read(device, message);
        }

        foreach (var dialect in _dialects)
        {
            if (!dialect.Recognises(home, path))
                continue;
            home.Speaks(dialect);
            return dialect.Decode(home, path, message);
        }

        return Decoded.Reject(Reasons.UnknownDialect);
    }

    /// <summary>Drops what is known of the homes that a test picks: another machine reads them.</summary>
    public void ForgetAll(Func<string, bool> picked)
    {
        foreach (var gateway in _homes.Keys.Where(picked).ToList())
            Forget(gateway);
    }

    /// <summary>Drops what is known of a home: it is registered no more, or what was known of it may be out of date.</summary>
    public void Forget(ReadOnlySpan<char> gateway)
    {
        if (!_homes.GetAlternateLookup<ReadOnlySpan<char>>().TryRemove(gateway, out _, out var home))
            return;
        lock (home.Gate)
            home.Clear();
    }
}
