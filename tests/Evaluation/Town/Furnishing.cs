namespace CivicSignals.Evaluation.Town;

/// <summary>Which homes have which sensors. The shares are judgements about a town that has gone ahead; telecare: 1.7 million users in the UK.</summary>
internal static class Furnishing
{
    private const double WithSensors = 0.20, WithTelecare = 0.02, WithAlarmSystem = 0.006;

    /// <summary>Smoke alarms by model, with their shares. The first is the one whose firmware fails: in a quarter of the homes with sensors.</summary>
    private static readonly (string Vendor, string Model, double Share)[] SmokeAlarms =
        [("Heiman", "HS1SA-E", 0.25), ("Develco", "SMSZB-120", 0.40), ("FireAngel", "W2-Module", 0.35)];

    public static string FaultyModel => SmokeAlarms[0].Model;

    public static Home Furnish(int number, Street street, Point place, Dice dice)
    {
        var kind = dice.Next();
        if (kind < WithAlarmSystem)
            return new Home(number, street, place, $"afa{number}", [new(Sense.FireAlarmSystem, Speech.Scaip, "47", "Advanced", "panel", Mains: true)]);
        if (kind < WithAlarmSystem + WithTelecare)
            return new Home(number, street, place, $"care{number}", Telecare(dice));
        if (kind < WithAlarmSystem + WithTelecare + WithSensors)
            return new Home(number, street, place, $"home{number}", Sensors(dice));
        return new Home(number, street, place, null, []);
    }

    private static List<Device> Telecare(Dice dice)
    {
        var devices = new List<Device> { new(Sense.HelpButton, Speech.Scaip, "03", "Tunstall", "MyAmie") };
        if (dice.Chance(0.3))
            devices.Add(new(Sense.Fall, Speech.Scaip, "05", "Tunstall", "iVi"));
        if (dice.Chance(0.4))
            devices.Add(new(Sense.Smoke, Speech.Scaip, "23", "Tunstall", "smoke"));
        return devices;
    }

    private static List<Device> Sensors(Dice dice)
    {
        var devices = new List<Device>();
        var (vendor, model) = Smoke(dice.Next());
        var mains = dice.Chance(0.35);
        if (dice.Chance(0.08))
            devices.Add(new(Sense.Smoke, Speech.Shelly, $"shellyplussmoke-{dice.Below(1 << 24):x6}", "Shelly", "SNSN-0031Z"));
        else
            devices.Add(new(Sense.Smoke, Speech.Zigbee2Mqtt, "hall smoke", vendor, model, mains));
        if (dice.Chance(0.4))
            devices.Add(new(Sense.Smoke, Speech.Zigbee2Mqtt, "landing smoke", vendor, model, mains));
        if (dice.Chance(0.3))
            devices.Add(new(Sense.Heat, Speech.Zigbee2Mqtt, "kitchen heat", "Develco", "HESZB-120"));
        if (dice.Chance(0.6))
            devices.Add(new(Sense.CarbonMonoxide, Speech.Zigbee2Mqtt, "boiler co", "Heiman", "HS1CA-E"));
        if (dice.Chance(0.2))
            devices.Add(new(Sense.Gas, Speech.Zigbee2Mqtt, "kitchen gas", "Heiman", "HS1CG-E"));
        if (dice.Chance(0.5))
            devices.Add(new(Sense.Leak, Speech.Zigbee2Mqtt, "sink leak", "Aqara", "SJCGQ11LM"));
        if (dice.Chance(0.3))
        {
            devices.Add(new(Sense.Contact, Speech.Zigbee2Mqtt, "front door", "Aqara", "MCCGQ11LM"));
            devices.Add(new(Sense.Motion, Speech.Zigbee2Mqtt, "hall motion", "Aqara", "RTCGQ11LM"));
        }

        if (dice.Chance(0.15))
            devices.Add(new(Sense.IntruderAlarm, Speech.Scaip, "28", "Texecom", "panel", Mains: true));
        return devices;
    }

    private static (string Vendor, string Model) Smoke(double share)
    {
        foreach (var (vendor, model, part) in SmokeAlarms)
        {
            if ((share -= part) < 0)
                return (vendor, model);
        }

        return (SmokeAlarms[^1].Vendor, SmokeAlarms[^1].Model);
    }
}
