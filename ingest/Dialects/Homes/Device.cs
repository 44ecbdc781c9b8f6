using System.Collections.Concurrent;
using System.Collections.Immutable;
using CivicSignals.Homes;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Ingest.Silence;
using CivicSignals.Signals;

namespace CivicSignals.Ingest.Dialects.Homes;

/// <summary>One device of a home: what it can say and what it last said. Used under its home's lock, but for <see cref="Home"/> and <see cref="Dialect"/>.</summary>
/// <param name="source">As <see cref="Home.SourceOf"/> gives it.</param>
/// <param name="keys">What it can say that matters.</param>
/// <param name="home">Where it is.</param>
/// <param name="link">What carries its states.</param>
/// <param name="dialect">Its dialect.</param>
internal sealed class Device(string source, DeviceKeySet keys, Home home, Link link, IHomeDialect dialect) : IDelivery
{
    /// <summary>Reach of small transmitters through walls, metres.</summary>
    private const double ReachM = 100;

    private const int MostCompanions = 16;

    private readonly Said[] _said = new Said[keys.Length];
    private readonly int[] _epochs = new int[keys.Length];
    private (int Furnished, ImmutableArray<string> Kinds) _companions;
    private (string Topic, ConcurrentDictionary<string, Device> Devices)? _route;

    public string Source => source;

    /// <summary>Its own identity below its gateway.</summary>
    public string Id => source[(home.SourceOf("")?.Length ?? 0)..];

    /// <summary>When it last spoke for itself, as received; null: not since the platform started.</summary>
    public DateTimeOffset? HeardAt { get; private set; }

    /// <summary>What the watch for silence remembers of it.</summary>
    public QuietNote? Quiet { get; set; }

    /// <summary>What its home calls it; may be empty.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its make, or null when its format does not say.</summary>
    public string? Model { get; init; }

    /// <summary>
    /// The transmitter, when whoever is in reach hears it: it may be a neighbour's. Then its place is uncertain and no home's, homes that
    /// hear the same one count once, and the public is not told, for nobody there was asked. Null: a device of its home.
    /// </summary>
    public string? Overheard { get; init; }

    /// <summary>Who each key speaks for, as <see cref="Home.SourceOf"/> gives it; null: all for the device itself.</summary>
    public string[]? KeySources { get; init; }

    /// <summary>What it is a part of; null: all that it says comes on its own topic.</summary>
    public Body? Body { get; init; }

    /// <summary>What its dialect keeps of it.</summary>
    public object? Notes { get; init; }

    public DeviceKeySet Keys => keys;

    public Home Home => home;

    public Link Link => link;

    public IHomeDialect Dialect => dialect;

    /// <summary>Whether another has taken its place.</summary>
    public bool IsRetired { get; private set; }

    /// <summary>Whether it last said that there is a hazard.</summary>
    public bool IsAlarming
    {
        get
        {
            for (var i = 0; i < _said.Length; i++)
            {
                if (_said[i] == Said.Active && keys[i].IsHazard)
                    return true;
            }

            return false;
        }
    }

    /// <summary>It as its home's people see it, by what can tell of a hazard; a thing that is several devices is seen as each of them.</summary>
    public IEnumerable<DeviceSighting> Sightings()
    {
        if (Overheard is not null)
            return [];
        return Enumerable.Range(0, keys.Length).Where(i => keys[i].IsHazard).GroupBy(i => KeySources?[i] ?? source, i => keys[i].Kind).Select(Sighting);
    }

    /// <summary>Lets its topic lead to it until it is retired.</summary>
    public void RouteBy(string topic, ConcurrentDictionary<string, Device> devices)
    {
        if (_route is not null || IsRetired)
            return;
        _route = (topic, devices);
        devices[topic] = this;
    }

    public void Retire()
    {
        IsRetired = true;
        if (_route is { } route)
            route.Devices.TryRemove(KeyValuePair.Create(route.Topic, this));
    }

    /// <summary>
    /// Takes what one message says, key by key, and answers with the signals that are in it: every alarm that sounds (its area knows whether
    /// that is news), changes of what is not an alarm, and ends.
    /// </summary>
    /// <param name="values">One for each of <see cref="Keys"/>; tests are taken out.</param>
    /// <param name="message">The message.</param>
    /// <param name="observedAt">When it was observed, where its format says so; null: when it was received.</param>
    /// <param name="occurrence">What its format calls this occurrence: tells a momentary event from its redelivery.</param>
    /// <param name="hasJustBegun">Whether its format says that the state has just begun, so that it is news even when it is retained or repeated.</param>
    public Decoded Take(Span<Said> values, in InboundMessage message, DateTimeOffset? observedAt = null, string? occurrence = null, bool hasJustBegun = false)
    {
        if (!message.Retain)
        {
            link.HeardDevice();
            if (!link.IsCatchingUp(message.ReceivedAt))
                HeardAt = message.ReceivedAt; // What a restarted gateway repeats is no sign of its devices.
        }

        keys.Silence(values, _said, Body?.IsTesting(message.ReceivedAt) == true);
        List<Signal>? signals = null;
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] == Said.Nothing)
                continue;
            var (before, key) = (_said[i], keys[i]);
            var known = before is Said.Inactive or Said.Undelivered;
            var sinceUnknown = !known && !hasJustBegun && (message.Retain || (_epochs[i] != link.Epoch && link.IsCatchingUp(message.ReceivedAt)));
            if (!key.Momentary)
                (_said[i], _epochs[i]) = (values[i], link.Epoch);
            var active = values[i] == Said.Active;
            if (key.IsTest && !sinceUnknown)
                Body?.Tested(active, message.ReceivedAt);
            if (!key.IsSetting && (active ? !key.EdgeOnly || before != Said.Active : (before != Said.Inactive && !IsHeldByAnother(i, values))))
            {
                var signal = Signal(KeySources?[i] ?? source, key, active, active && sinceUnknown, message, observedAt);
                (signals ??= []).Add(active && key.Momentary && occurrence is not null ? signal with { Event = occurrence } : signal);
            }
        }

        return signals is null ? Decoded.Ambient : new Decoded { Signals = signals, Delivery = this };
    }

    /// <summary>Goes on from what another description of the same device knew.</summary>
    public void Inherit(Device other)
    {
        HeardAt = other.HeardAt;
        if (other.Source == source)
            Quiet = other.Quiet;
        for (var i = 0; i < keys.Length; i++)
        {
            var from = other.Keys.IndexOf(keys[i]);
            if (from >= 0)
                (_said[i], _epochs[i]) = (other._said[from], other._epochs[from]);
        }
    }

    public void Undelivered()
    {
        lock (home.Gate)
        {
            for (var i = 0; i < _said.Length; i++)
            {
                if (_said[i] != Said.Nothing)
                    _said[i] = Said.Undelivered;
            }
        }
    }

    private DeviceSighting Sighting(IGrouping<string, string> kinds) =>
        new(kinds.Key[(home.SourceOf("")?.Length ?? 0)..], Name, [.. kinds.Distinct()], Model, dialect.Name);

    /// <summary>Keys of one source are one alarm, keys that speak each for its own are not.</summary>
    private bool IsHeldByAnother(int key, ReadOnlySpan<Said> values) => KeySources is null && keys.IsHeldByAnother(key, values, _said);

    /// <summary>The kinds that the home's other devices could say.</summary>
    private ImmutableArray<string> Companions()
    {
        if (_companions.Furnished != home.Furnished || _companions.Kinds.IsDefault)
        {
            var kinds = home.Devices.Values.Where(device => device.Source != source && device.Overheard is null)
                .SelectMany(device => device.Keys.HazardKinds).Distinct().Order(StringComparer.Ordinal).Take(MostCompanions);
            _companions = (home.Furnished, [.. kinds]);
        }

        return _companions.Kinds;
    }

    private Signal Signal(string by, DeviceKey key, bool active, bool sinceUnknown, in InboundMessage message, DateTimeOffset? observedAt) => new()
    {
        Source = by,
        Kind = key.Kind,
        Active = active,
        Place = Overheard is null ? home.Premises.Place : home.Premises.Place with { UncertaintyM = Math.Max(home.Premises.Place.UncertaintyM, ReachM) },
        ObservedAt = observedAt ?? message.ReceivedAt,
        ReceivedAt = message.ReceivedAt,
        Premises = Overheard is null ? home.Premises.Id : null,
        SinceUnknown = sinceUnknown,
        Group = Overheard,
        Make = Overheard is null ? Model : null,
        Companions = Overheard is null && active ? Companions() : null,
        PlaceKind = Overheard is null ? home.Premises.Kind : null,
        Consents = Overheard is null ? home.Premises.Consents : home.Premises.Consents & Consents.Services,
    };
}
