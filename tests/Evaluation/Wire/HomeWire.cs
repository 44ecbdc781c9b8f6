using System.Globalization;
using System.Text;
using CivicSignals.Evaluation.Town;

namespace CivicSignals.Evaluation.Wire;

/// <summary>What gateways of homes publish: zigbee2mqtt, Shelly and telecare units.</summary>
internal static class HomeWire
{
    /// <summary>What a gateway says when the day begins: its devices, and each one's resting state.</summary>
    public static IEnumerable<string> Announce(Home home)
    {
        var zigbee = home.Devices.Where(device => device.Speech == Speech.Zigbee2Mqtt).ToList();
        if (zigbee.Count > 0)
        {
            yield return Json.Mqtt($"homes/{home.Gateway}/z2m/bridge/state", """{"state":"online"}""", retain: true);
            yield return Json.Mqtt($"homes/{home.Gateway}/z2m/bridge/devices", Descriptions(home, zigbee), retain: true);
        }

        foreach (var device in home.Devices)
            yield return device.Speech == Speech.Scaip ? Beat(home, device) : State(home, device, active: false, default);
    }

    /// <summary>A device's state. Telecare units speak of alarms and their end only; theirs is <see cref="Call"/>.</summary>
    /// <param name="clock">What the device's clock shows; only some devices send it.</param>
    public static string State(Home home, Device device, bool active, DateTimeOffset clock, bool test = false)
    {
        if (device.Speech == Speech.Shelly)
        {
            var seconds = (clock.ToUnixTimeMilliseconds() / 1000.0).ToString("F2", CultureInfo.InvariantCulture);
            var stamp = clock == default ? "null" : seconds;
            return Json.Mqtt(
                $"homes/{home.Gateway}/{device.Name}/events/rpc",
                $$$$"""{"src":"{{{{device.Name}}}}","dst":"{{{{device.Name}}}}/events","method":"NotifyStatus","params":{"ts":{{{{stamp}}}},"smoke:0":{"id":0,"alarm":{{{{Word(active)}}}},"mute":false}}}""");
        }

        return Json.Mqtt($"homes/{home.Gateway}/z2m/{device.Name}", $$"""{"battery":97,"linkquality":96,"{{Key(device.Sense)}}":{{Word(Value(device.Sense, active))}},"test":{{Word(test)}}}""");
    }

    /// <summary>A telecare unit's or alarm system's message: an alarm, or its end.</summary>
    public static string Call(Home home, Device device, bool active, long reference)
    {
        var status = device.Sense == Sense.HelpButton ? "10" : "09";
        return Xml(home, $"<mrq><ref>{reference}</ref><mty>ME</mty><cid>{home.Number}</cid><dty>{device.Name}</dty><did>01</did><stc>{(active ? status : "19")}</stc></mrq>");
    }

    /// <summary>A battery report: ordinary traffic.</summary>
    public static string Ordinary(Home home, int battery) =>
        Json.Mqtt($"homes/{home.Gateway}/z2m/climate", $$"""{"battery":{{battery}},"humidity":52.1,"linkquality":80,"temperature":19.8}""");

    private static string Beat(Home home, Device device) => Xml(home, $"<mrq><ref>1</ref><mty>PI</mty><cid>{home.Number}</cid><dty>{device.Name}</dty><did>01</did></mrq>");

    private static string Xml(Home home, string body) => Json.Mqtt($"homes/{home.Gateway}/scaip", Json.Text(body));

    private static string Descriptions(Home home, List<Device> devices)
    {
        var json = new StringBuilder("[");
        for (var i = 0; i < devices.Count; i++)
        {
            var device = devices[i];
            var key = Key(device.Sense);
            json.Append(i == 0 ? "" : ",").Append(
                $$"""{"definition":{"description":"{{device.Sense}}","exposes":[{"access":1,"name":"{{key}}","property":"{{key}}","type":"binary","value_off":{{Word(Value(device.Sense, false))}},"value_on":{{Word(Value(device.Sense, true))}}},{"access":1,"name":"test","property":"test","type":"binary","value_off":false,"value_on":true},{"access":1,"name":"battery","property":"battery","type":"numeric","unit":"%"}],"model":"{{device.Model}}","vendor":"{{device.Vendor}}"},"disabled":false,"friendly_name":"{{device.Name}}","ieee_address":"0x{{(home.Number * 16) + i:x16}}","interview_state":"SUCCESSFUL","manufacturer":"{{device.Vendor}}","model_id":"{{device.Model}}","power_source":"{{(device.Mains ? "Mains (single phase)" : "Battery")}}","supported":true,"type":"EndDevice"}""");
        }

        return json.Append(']').ToString();
    }

    private static string Key(Sense sense) => sense switch
    {
        Sense.Smoke or Sense.Heat => "smoke",
        Sense.CarbonMonoxide => "carbon_monoxide",
        Sense.Gas => "gas",
        Sense.Leak => "water_leak",
        Sense.Contact => "contact",
        Sense.Motion => "occupancy",
        _ => throw new ArgumentOutOfRangeException(nameof(sense), sense, "not spoken by zigbee2mqtt"),
    };

    /// <summary>A closed contact is true.</summary>
    private static bool Value(Sense sense, bool active) => sense == Sense.Contact ? !active : active;

    private static string Word(bool value) => value ? "true" : "false";
}
