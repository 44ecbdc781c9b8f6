using System.Text.Json;
using CivicSignals.Ingest.Dialects.Homes;
using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Ingest.Dialects.Shelly;

/// <summary>
/// Shelly's second generation and later (Plus, Pro, Gen3, Gen4), and the BLU sensors that they hear. A notification holds only what
/// changed. All their alarms run on batteries and go online in order to tell their news: to come online is no restart.
/// </summary>
internal sealed class ShellyDialect : IHomeDialect
{
    private const int MaxLength = 64;

    public string Name => "Shelly";

    public bool Recognises(Home home, ReadOnlySpan<char> path)
    {
        var topic = ShellyTopic.Of(path);
        return topic.IsUnmistakable || topic.Subject switch
        {
            ShellySubject.Online => home.Find(topic.Owner)?.Dialect == this,
            ShellySubject.Answer => home.HasSpoken(this),
            _ => false,
        };
    }

    public Decoded Decode(Home home, ReadOnlySpan<char> path, in InboundMessage message)
    {
        var topic = ShellyTopic.Of(path);
        if (topic.Owner.IsEmpty || topic.Owner.Length > MaxLength)
            return Decoded.Reject(Reasons.BadTopic, "the device's name is missing or too long");
        if (topic.Subject == ShellySubject.Online)
            return ReadOnline(home, topic.Owner, message);
        if (topic.Subject == ShellySubject.Other || !DeviceState.IsObject(message.Payload.Span))
            return Decoded.Ambient;

        // To the end first: a component that was heard in a message which is refused would not be heard again.
        var reader = new Utf8JsonReader(message.Payload.Span, StrictJson.ReaderOptions);
        while (reader.Read())
            reader.Skip();
        reader = new Utf8JsonReader(message.Payload.Span, StrictJson.ReaderOptions);
        reader.Read();
        var frame = new ShellyFrame(this, home, message.Topic.AsMemory(message.Topic.Length - path.Length, topic.Owner.Length), message);
        return topic.Subject switch
        {
            ShellySubject.Status => frame.ReadComponent(ref reader, topic.Component),
            ShellySubject.Bluetooth => frame.ReadBlu(ref reader),
            ShellySubject.Answer => frame.ReadAnswer(ref reader),
            _ => frame.ReadNotification(ref reader),
        };
    }

    /// <summary>No topic leads to a device: each has many, and none is the device's own path.</summary>
    public Decoded Read(Device device, in InboundMessage message) => Decoded.Ambient;

    /// <summary>The device itself, which holds the link of all its components. Null: too long for a source.</summary>
    public Device? Meet(Home home, ReadOnlySpan<char> owner) =>
        home.Find(owner) is { } known && known.Dialect == this ? known : Add(home, owner.ToString(), SourceOf(owner), ShellyKeys.Device, new Link());

    /// <summary>A component of a device, known by a path that is no topic: the first of its type is the device as far as anyone else is concerned.</summary>
    public Device? Meet(Home home, ReadOnlySpan<char> owner, ReadOnlySpan<char> component, DeviceKeySet keys)
    {
        if (owner.Length + component.Length > MaxLength * 2)
            return null;
        Span<char> path = stackalloc char[(MaxLength * 2) + 16];
        path.TryWrite($"#shelly/{owner}#{component}", out var length);
        path = path[..length];
        if (home.Find(path) is { } known)
            return known;
        var source = component.EndsWith(":0") ? SourceOf(owner) : $"{SourceOf(owner)}/{component}";
        return Meet(home, owner) is { } whole ? Add(home, path.ToString(), source, keys, whole.Link) : null;
    }

    /// <summary>A Bluetooth sensor, whichever device hears it.</summary>
    public Device? MeetBlu(Home home, ReadOnlySpan<char> address)
    {
        Span<char> path = stackalloc char[MaxLength + 16];
        path.TryWrite($"#blu/{address}", out var length);
        path = path[..length];
        return home.Find(path) ?? Add(home, path.ToString(), address.ToString(), ShellyKeys.Blu, new Link());
    }

    /// <summary>Gives a component other keys, for its settings say that it detects something else.</summary>
    public Device Change(Home home, ReadOnlySpan<char> owner, ReadOnlySpan<char> component, Device device, DeviceKeySet keys)
    {
        var changed = new Device(device.Source, keys, home, device.Link, this) { Name = device.Name };
        changed.Inherit(device);
        home.Put($"#shelly/{owner}#{component}", changed);
        return changed;
    }

    private Decoded ReadOnline(Home home, ReadOnlySpan<char> owner, in InboundMessage message)
    {
        if (Meet(home, owner) is not { } device)
            return Decoded.Reject(Reasons.BadTopic, "the device's name is too long");
        device.Link.Heard(message.ReceivedAt);
        Span<Said> values = [ShellyKeys.Device[0].Read(message.Payload.Span)];
        return device.Take(values, message);
    }

    private Device? Add(Home home, string path, string id, DeviceKeySet keys, Link link)
    {
        if (home.SourceOf(id) is not { } source)
            return null;
        var device = new Device(source, keys, home, link, this) { Name = id };
        home.Put(path, device);
        return device;
    }

    /// <summary>The device's own id, which holds its MAC address, where its prefix is that; else the prefix.</summary>
    private static string SourceOf(ReadOnlySpan<char> owner)
    {
        var last = owner[(owner.LastIndexOf('/') + 1)..];
        return (last.StartsWith("shelly") ? last : owner).ToString();
    }
}
