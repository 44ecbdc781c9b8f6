using CivicSignals.Ingest.Dialects.Homes;
using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Ingest.Dialects.Mosquitto;

/// <summary>
/// A home's Mosquitto, which says of its own bridge whether it is there: <c>1</c>, and <c>0</c> as its last will, on the
/// <c>notification_topic</c> that the platform hands out, or on Mosquitto's own below the home.
/// </summary>
internal sealed class MosquittoDialect : IHomeDialect
{
    /// <summary>The path of the notification in the snippet that homes are given.</summary>
    public const string Notes = "broker/state";

    private const string OwnRoot = "$SYS/broker/connection/";
    private static readonly DeviceKeySet State = Presence.Keys(offline: ["0"], online: ["1"]);

    public string Name => "Mosquitto";

    public bool Recognises(Home home, ReadOnlySpan<char> path) => path is Notes || (path.StartsWith(OwnRoot) && path.EndsWith("/state"));

    public Decoded Decode(Home home, ReadOnlySpan<char> path, in InboundMessage message)
    {
        if (Presence.Of(home, Notes, new Link(), State, this) is not { } bridge)
            return Decoded.Reject(Reasons.BadTopic, "the gateway's name is too long");
        home.Put(path.ToString(), bridge);
        return Read(bridge, message);
    }

    public Decoded Read(Device device, in InboundMessage message) => device.Take([State[0].Read(message.Payload.Span.Trim("\" \r\n\t"u8))], message);
}
