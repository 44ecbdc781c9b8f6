namespace CivicSignals.Evaluation.Town;

/// <summary>A home or a building; without a gateway it has no sensors.</summary>
/// <param name="Gateway">Its gateway's name, or null.</param>
/// <param name="Devices">Its sensors.</param>
internal sealed record Home(int Number, Street Street, Point Place, string? Gateway, IReadOnlyList<Device> Devices)
{
    public IEnumerable<Device> Of(Sense sense) => Devices.Where(device => device.Sense == sense);

    public bool Has(Sense sense) => Devices.Any(device => device.Sense == sense);
}

/// <summary>What a sensor senses.</summary>
internal enum Sense
{
    Smoke,
    Heat,
    CarbonMonoxide,
    Gas,
    Leak,
    Contact,
    Motion,
    FireAlarmSystem,
    IntruderAlarm,
    Fall,
    HelpButton,
}

/// <summary>How a sensor speaks.</summary>
internal enum Speech
{
    Zigbee2Mqtt,
    Shelly,
    Scaip,
}

/// <summary>A sensor.</summary>
/// <param name="Name">Unique in its home.</param>
/// <param name="Model">The vendor's model.</param>
/// <param name="Mains">Whether it is powered by the mains.</param>
internal sealed record Device(Sense Sense, Speech Speech, string Name, string Vendor, string Model, bool Mains = false);
