using System.Globalization;
using System.Text;

namespace CivicSignals.Tests.Integration;

/// <summary>zigbee2mqtt 2.x of one home, its base topic bridged to <c>homes/{gateway}/z2m</c>: what it publishes, in its words and order.</summary>
internal sealed class Zigbee2Mqtt
{
    private const string Devices = """
        [{"disabled":false,"friendly_name":"Coordinator","ieee_address":"0x00124b002a3b{0}00","interview_completed":true,"interview_state":"SUCCESSFUL","interviewing":false,"network_address":0,"supported":true,"type":"Coordinator"},
         {"definition":{"description":"Smoke detector","exposes":[
            {"access":1,"description":"Indicates whether the device detected smoke","label":"Smoke","name":"smoke","property":"smoke","type":"binary","value_off":false,"value_on":true},
            {"access":1,"category":"diagnostic","label":"Battery low","name":"battery_low","property":"battery_low","type":"binary","value_off":false,"value_on":true},
            {"access":1,"label":"Tamper","name":"tamper","property":"tamper","type":"binary","value_off":false,"value_on":true},
            {"access":1,"label":"Test","name":"test","property":"test","type":"binary","value_off":false,"value_on":true},
            {"access":1,"category":"diagnostic","label":"Battery","name":"battery","property":"battery","type":"numeric","unit":"%","value_max":100,"value_min":0},
            {"access":1,"category":"diagnostic","label":"Linkquality","name":"linkquality","property":"linkquality","type":"numeric","unit":"lqi","value_max":255,"value_min":0}],
           "model":"HS1SA-E","options":[],"source":"native","supports_ota":false,"vendor":"Heiman"},
          "disabled":false,"friendly_name":"hall smoke","ieee_address":"0x00158d0001a2{0}01","interview_completed":true,"interview_state":"SUCCESSFUL","interviewing":false,"manufacturer":"HEIMAN","model_id":"SmokeSensor-EM","network_address":4711,"power_source":"Battery","supported":true,"type":"EndDevice"},
         {"definition":{"description":"Fire detector with siren","exposes":[
            {"access":1,"label":"Smoke","name":"smoke","property":"smoke","type":"binary","value_off":false,"value_on":true},
            {"access":1,"label":"Test","name":"test","property":"test","type":"binary","value_off":false,"value_on":true},
            {"access":1,"label":"Temperature","name":"temperature","property":"temperature","type":"numeric","unit":"°C"}],
           "model":"HESZB-120","options":[],"source":"native","supports_ota":false,"vendor":"Develco"},
          "disabled":false,"friendly_name":"kitchen heat","ieee_address":"0x0015bc001f00{0}02","interview_completed":true,"interview_state":"SUCCESSFUL","interviewing":false,"model_id":"HESZB-120","network_address":4712,"power_source":"Battery","supported":true,"type":"EndDevice"},
         {"definition":{"description":"Smart carbon monoxide sensor","exposes":[
            {"access":1,"label":"Carbon monoxide","name":"carbon_monoxide","property":"carbon_monoxide","type":"binary","value_off":false,"value_on":true}],
           "model":"HS1CA-E","options":[],"source":"native","supports_ota":false,"vendor":"Heiman"},
          "disabled":false,"friendly_name":"boiler co","ieee_address":"0x00158d0001a2{0}03","interview_completed":true,"interview_state":"SUCCESSFUL","interviewing":false,"model_id":"COSensor-EM","network_address":4713,"power_source":"Battery","supported":true,"type":"EndDevice"}]
        """;

    private readonly MqttGuest _mqtt;
    private readonly string _gateway;

    private Zigbee2Mqtt(MqttGuest mqtt, string gateway) => (_mqtt, _gateway) = (mqtt, gateway);

    public static async Task<Zigbee2Mqtt> StartAsync(MqttGuest mqtt, string gateway)
    {
        var bridge = new Zigbee2Mqtt(mqtt, gateway);
        await bridge.ComeOnlineAsync();
        return bridge;
    }

    public Task ReconnectAsync() => _mqtt.ReconnectAsync();

    /// <summary>What it says when it starts: itself, then its devices.</summary>
    public async Task ComeOnlineAsync()
    {
        await SayAsync("bridge/state", """{"state":"online"}""", retain: true);
        var number = int.Parse(_gateway.AsSpan(2), CultureInfo.InvariantCulture).ToString("x2", CultureInfo.InvariantCulture);
        await SayAsync("bridge/devices", Devices.Replace("{0}", number, StringComparison.Ordinal), retain: true);
    }

    /// <summary>A restart: it goes, comes, and says all that it has cached.</summary>
    public async Task RestartAsync(bool retain, params (string Device, string State)[] cached)
    {
        await SayAsync("bridge/state", """{"state":"offline"}""", retain: true);
        await ComeOnlineAsync();
        foreach (var (device, state) in cached)
            await SayAsync(device, state, retain);
    }

    public Task SmokeAsync(bool smoke = true, bool retain = false) => SayAsync("hall smoke", SmokeState(smoke), retain);

    public Task HeatAsync(bool smoke = true, bool retain = false) => SayAsync("kitchen heat", HeatState(smoke), retain);

    public Task CarbonMonoxideAsync(bool detected = true) =>
        SayAsync("boiler co", $$"""{"battery":99,"battery_low":false,"carbon_monoxide":{{Word(detected)}},"linkquality":101}""");

    public static string SmokeState(bool smoke, bool test = false, bool tamper = false) =>
        $$"""{"battery":97,"battery_low":false,"linkquality":96,"smoke":{{Word(smoke)}},"tamper":{{Word(tamper)}},"test":{{Word(test)}}}""";

    public static string HeatState(bool smoke) =>
        $$"""{"battery":100,"battery_low":false,"linkquality":72,"reliability":"no_fault_detected","smoke":{{Word(smoke)}},"temperature":19.6,"test":false}""";

    /// <summary>Publishes below its base topic; returns when it is acknowledged.</summary>
    public Task SayAsync(string topic, string payload, bool retain = false) =>
        _mqtt.SendAsync(Topic(topic), Encoding.UTF8.GetBytes(payload), retain);

    /// <summary>Smoke, then heat, each said again until it is acknowledged.</summary>
    public async Task BurnAsync(CancellationToken given)
    {
        await _mqtt.SendUntilAcknowledgedAsync(Topic("hall smoke"), Encoding.UTF8.GetBytes(SmokeState(true)), given);
        await _mqtt.SendUntilAcknowledgedAsync(Topic("kitchen heat"), Encoding.UTF8.GetBytes(HeatState(true)), given);
    }

    private string Topic(string below) => $"homes/{_gateway}/z2m/{below}";

    private static string Word(bool value) => value ? "true" : "false";
}
