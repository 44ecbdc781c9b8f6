namespace CivicSignals.Benchmarks.Load;

/// <summary>One alarm under load: of each cycle of messages one says smoke and the next that it has cleared, the others are readings.</summary>
internal sealed class SmokeAlarm
{
    private readonly int _cycle;
    private readonly PublishPacket _reading;
    private readonly PublishPacket _smoke;
    private readonly PublishPacket _clear;
    private readonly string _gateway;
    private int _turn;

    /// <param name="gateway">Its home's gateway.</param>
    /// <param name="phase">Where in its cycle it begins, so that alarms are spread evenly.</param>
    /// <param name="cycle">Messages in a cycle, 22 or more.</param>
    public SmokeAlarm(string gateway, int phase, int cycle)
    {
        (_gateway, _cycle) = (gateway, cycle);
        var topic = $"homes/{gateway}/z2m/hall smoke";
        _reading = new PublishPacket(topic, Payload(smoke: false, temperature: "21.4"));
        _smoke = new PublishPacket(topic, Payload(smoke: true, temperature: "21.4"));
        _clear = new PublishPacket(topic, Payload(smoke: false, temperature: "21.6"));
        _turn = phase % cycle;
    }

    /// <summary>What its gateway says first.</summary>
    public IEnumerable<PublishPacket> Announcements =>
    [
        new PublishPacket($"homes/{_gateway}/z2m/bridge/state", """{"state":"online"}"""u8, retain: true),
        new PublishPacket($"homes/{_gateway}/z2m/bridge/devices", BridgeDevices.Json(("hall smoke", "SMSZB-120", "Smoke detector with siren")), retain: true),
        _reading,
    ];

    public PublishPacket Next()
    {
        _turn = (_turn + 1) % _cycle;
        return _turn switch
        {
            20 => _smoke,
            21 => _clear,
            _ => _reading,
        };
    }

    /// <summary>The alarm's state as zigbee2mqtt publishes it; about 110 bytes.</summary>
    public static byte[] Payload(bool smoke, string temperature) => System.Text.Encoding.UTF8.GetBytes(
        $$"""{"battery":100,"battery_low":false,"linkquality":96,"smoke":{{(smoke ? "true" : "false")}},"temperature":{{temperature}},"test":false,"voltage":3000}""");
}
