using System.Text;

namespace CivicSignals.Benchmarks.Load;

/// <summary>The device list of a home of Develco alarms, as zigbee2mqtt publishes it.</summary>
internal static class BridgeDevices
{
    public static byte[] Json(params ReadOnlySpan<(string Name, string Model, string Description)> devices)
    {
        var json = new StringBuilder("""[{"disabled":false,"friendly_name":"Coordinator","ieee_address":"0x00124b00ffffffff","supported":true,"type":"Coordinator"}""");
        for (var i = 0; i < devices.Length; i++)
        {
            var (name, model, description) = devices[i];
            json.Append(
                $$"""
                ,{"definition":{"description":"{{description}}","exposes":[{{Binary("smoke")}},{{Binary("battery_low")}},{{Binary("test")}},{{Numeric("temperature", "°C")}},{{Numeric("battery", "%")}},{{Numeric("voltage", "mV")}},{{Numeric("linkquality", "lqi")}}],"model":"{{model}}","vendor":"Develco"},"disabled":false,"friendly_name":"{{name}}","ieee_address":"0x0015bc0031{{i:x6}}","interview_state":"SUCCESSFUL","manufacturer":"Develco Products A/S","model_id":"{{model}}","supported":true,"type":"EndDevice"}
                """);
        }

        return Encoding.UTF8.GetBytes(json.Append(']').ToString());
    }

    private static string Binary(string property) =>
        $$"""{"access":1,"name":"{{property}}","property":"{{property}}","type":"binary","value_off":false,"value_on":true}""";

    private static string Numeric(string property, string unit) =>
        $$"""{"access":1,"name":"{{property}}","property":"{{property}}","type":"numeric","unit":"{{unit}}"}""";
}
