using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Ingest.Dialects.Homes;

/// <summary>A topic on which a link says whether it is there: its birth and its last will. It is a device whose only key is that it is not.</summary>
internal static class Presence
{
    private const string Kind = "supervision.offline";

    public static DeviceKeySet Keys(string[] offline, string[] online) => DeviceKeySets.Shared([new DeviceKey("", Kind, offline, online)]);

    /// <summary>The device of such a topic; its notes are the link. Null: its source would be too long.</summary>
    public static Device? Of(Home home, string path, Link link, DeviceKeySet keys, IHomeDialect dialect) =>
        home.SourceOf(path) is { } source ? new Device(source, keys, home, new Link(), dialect) { Notes = link } : null;

    /// <summary>Takes what such a device says: coming online is a restart of the link.</summary>
    public static Decoded Take(Device device, Link link, Said offline, in InboundMessage message)
    {
        if (offline == Said.Inactive)
            link.CameOnline(message.ReceivedAt);
        link.Heard(message.ReceivedAt);
        return device.Take([offline], message);
    }
}
