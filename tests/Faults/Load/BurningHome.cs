namespace CivicSignals.Faults.Load;

/// <summary>A home on zigbee2mqtt that burns once: two independent alarms, so one incident, confirmed, and one alert to the fire service.</summary>
internal sealed class BurningHome(int brokerPort, string gateway, TimeProvider time)
{
    private const string Smoke = """{"battery":97,"battery_low":false,"linkquality":120,"smoke":{0},"tamper":false,"test":false}""";
    private const string Heat = """{"smoke":{0},"temperature":61.5,"test":false}""";

    public string Gateway => gateway;

    /// <summary>When the broker had acknowledged the second alarm; null: not yet.</summary>
    public DateTimeOffset? Alight { get; private set; }

    /// <summary>What its bridge says of its devices when it starts, retained.</summary>
    public async Task ComeOnlineAsync(CancellationToken given)
    {
        using var publisher = new Publisher(brokerPort, gateway);
        await publisher.SendAsync($"homes/{gateway}/z2m/bridge/state", """{"state":"online"}""", retain: true, given);
        await publisher.SendAsync($"homes/{gateway}/z2m/bridge/devices", Devices, retain: true, given);
    }

    /// <summary>Burns: both alarms, each until it is acknowledged.</summary>
    public async Task BurnAsync(CancellationToken given)
    {
        using var publisher = new Publisher(brokerPort, gateway);
        await publisher.SendAsync($"homes/{gateway}/z2m/hall smoke", Smoke.Replace("{0}", "true", StringComparison.Ordinal), retain: false, given);
        await publisher.SendAsync($"homes/{gateway}/z2m/kitchen heat", Heat.Replace("{0}", "true", StringComparison.Ordinal), retain: false, given);
        Alight = time.GetUtcNow();
    }

    private const string Devices = """
        [{"disabled":false,"friendly_name":"Coordinator","ieee_address":"0x00124b002a3b0000","interview_completed":true,"interview_state":"SUCCESSFUL","interviewing":false,"network_address":0,"supported":true,"type":"Coordinator"},
         {"definition":{"description":"Smoke detector","exposes":[
            {"access":1,"label":"Smoke","name":"smoke","property":"smoke","type":"binary","value_off":false,"value_on":true},
            {"access":1,"category":"diagnostic","label":"Battery low","name":"battery_low","property":"battery_low","type":"binary","value_off":false,"value_on":true},
            {"access":1,"label":"Tamper","name":"tamper","property":"tamper","type":"binary","value_off":false,"value_on":true},
            {"access":1,"label":"Test","name":"test","property":"test","type":"binary","value_off":false,"value_on":true}],
           "model":"HS1SA-E","options":[],"source":"native","supports_ota":false,"vendor":"Heiman"},
          "disabled":false,"friendly_name":"hall smoke","ieee_address":"0x00158d0001a20001","interview_completed":true,"interview_state":"SUCCESSFUL","interviewing":false,"network_address":4711,"power_source":"Battery","supported":true,"type":"EndDevice"},
         {"definition":{"description":"Fire detector with siren","exposes":[
            {"access":1,"label":"Smoke","name":"smoke","property":"smoke","type":"binary","value_off":false,"value_on":true},
            {"access":1,"label":"Test","name":"test","property":"test","type":"binary","value_off":false,"value_on":true},
            {"access":1,"label":"Temperature","name":"temperature","property":"temperature","type":"numeric","unit":"°C"}],
           "model":"HESZB-120","options":[],"source":"native","supports_ota":false,"vendor":"Develco"},
          "disabled":false,"friendly_name":"kitchen heat","ieee_address":"0x0015bc001f000002","interview_completed":true,"interview_state":"SUCCESSFUL","interviewing":false,"network_address":4712,"power_source":"Battery","supported":true,"type":"EndDevice"}]
        """;
}
