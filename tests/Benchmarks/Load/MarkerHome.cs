namespace CivicSignals.Benchmarks.Load;

/// <summary>A home that alarms on demand: smoke, and then the heat that confirms it.</summary>
internal sealed class MarkerHome(string gateway, (double Lat, double Lon) place)
{
    public double Lat => place.Lat;

    public double Lon => place.Lon;

    /// <summary>What its gateway says first.</summary>
    public IEnumerable<PublishPacket> Announcements =>
    [
        new PublishPacket($"{Base}/bridge/state", """{"state":"online"}"""u8, retain: true),
        new PublishPacket(
            $"{Base}/bridge/devices",
            BridgeDevices.Json(("hall smoke", "SMSZB-120", "Smoke detector with siren"), ("kitchen heat", "HESZB-120", "Fire detector with siren")),
            retain: true),
        new PublishPacket($"{Base}/hall smoke", SmokeAlarm.Payload(smoke: false, "20.5")),
        new PublishPacket($"{Base}/kitchen heat", SmokeAlarm.Payload(smoke: false, "20.5")),
    ];

    public PublishPacket Smoke => new($"{Base}/hall smoke", SmokeAlarm.Payload(smoke: true, "23.0"));

    public PublishPacket Heat => new($"{Base}/kitchen heat", SmokeAlarm.Payload(smoke: true, "61.5"));

    private string Base => $"homes/{gateway}/z2m";
}
