namespace CivicSignals.Tests.Ingest;

public sealed class HomeAssistantDiscoveryTests
{
    private readonly HomeScene _home = new();

    private void Describe(string config, string payload) => Assert.Equal("kept", _home.Hear(config, payload, retain: true));

    /// <summary>A description of what another dialect decodes takes no room.</summary>
    private void Repeat(string config, string payload) => Assert.Equal("", _home.Hear(config, payload, retain: true));

    [Theory]
    [InlineData("smoke", "ON", "fire.smoke+")]
    [InlineData("smoke", "OFF", "fire.smoke-")]
    [InlineData("smoke", "on", "")]
    [InlineData("smoke", "unavailable", "")]
    [InlineData("smoke", "unknown", "")]
    [InlineData("smoke", "", "")]
    [InlineData("gas", "ON", "gas.combustible+")]
    [InlineData("carbon_monoxide", "ON", "gas.co+")]
    [InlineData("moisture", "ON", "flood.indoor+")]
    [InlineData("door", "ON", "intrusion.contact+")]
    [InlineData("garage_door", "ON", "intrusion.contact+")]
    [InlineData("lock", "ON", "intrusion.contact+")]
    [InlineData("motion", "ON", "intrusion.motion+")]
    [InlineData("occupancy", "ON", "intrusion.motion+")]
    [InlineData("presence", "ON", "intrusion.presence+")]
    [InlineData("vibration", "ON", "intrusion.vibration+")]
    [InlineData("tamper", "ON", "supervision.tamper+")]
    [InlineData("battery", "ON", "supervision.battery+")]
    [InlineData("problem", "ON", "supervision.fault+")]
    [InlineData("connectivity", "OFF", "supervision.offline+")]
    [InlineData("connectivity", "ON", "supervision.offline-")]
    [InlineData("heat", "ON", "")]
    [InlineData("safety", "ON", "")]
    [InlineData("sound", "ON", "")]
    [InlineData("light", "ON", "")]
    [InlineData("running", "ON", "")]
    public void Decode_DeviceClass_SaysWhatOnMeans(string deviceClass, string payload, string expected)
    {
        Describe("homeassistant/binary_sensor/x1/config", $$"""{"name":"Sensor","state_topic":"x/1/state","device_class":"{{deviceClass}}","unique_id":"x1"}""");
        Assert.Equal(expected, _home.Hear("x/1/state", payload));
    }

    [Theory]
    [InlineData("heat", "Boiler", "")]
    [InlineData("heat", "Heat alarm", "fire.heat+")]
    [InlineData("safety", "SOS", "sos.panic+")]
    [InlineData("moisture", "Soil moisture", "")]
    [InlineData("problem", "Smoke alarm test", "supervision.test+")]
    [InlineData("smoke", "Test", "supervision.test+")]
    [InlineData("", "Kitchen smoke", "fire.smoke+")]
    [InlineData("", "Smoke alarm enabled", "")]
    [InlineData("", "Siren smoke", "")]
    [InlineData("", "Thing", "")]
    public void Decode_OpenClass_IsDecidedByTheNames(string deviceClass, string name, string expected)
    {
        Describe("homeassistant/binary_sensor/x1/config", $$"""{"name":"{{name}}","stat_t":"x/1","dev_cla":"{{deviceClass}}"}""");
        Assert.Equal(expected, _home.Hear("x/1", "ON"));
    }

    [Theory]
    [InlineData("sensor")]
    [InlineData("switch")]
    [InlineData("siren")]
    [InlineData("climate")]
    public void Decode_WhatIsNoBinarySensor_IsAmbient(string component)
    {
        Describe($"homeassistant/{component}/x1/config", """{"name":"Smoke","stat_t":"x/1","cmd_t":"x/1/set","dev_cla":"smoke"}""");
        Assert.Equal("", _home.Hear("x/1", "ON"));
        Assert.Equal("", _home.Hear("x/1/set", "ON"));
    }

    [Theory]
    [InlineData("homeassistant/binary_sensor/esp1/leak/config", "esp1/leak")]
    [InlineData("ha-discovery/binary_sensor/leak/config", "esp1/leak")]
    [InlineData("bridge/homeassistant/binary_sensor/esp1/leak/config", "bridge/esp1/leak")]
    public void Decode_Abbreviated_IsTheSame(string config, string state)
    {
        Describe(config, """{"~":"esp1","stat_t":"~/leak","dev_cla":"moisture","pl_on":"wet","pl_off":"dry","uniq_id":"esp1_leak","avty_t":"~/status"}""");
        Assert.Equal("esp1_leak flood.indoor+", _home.HearWho(state, "wet"));
        Assert.Equal("esp1_leak flood.indoor-", _home.HearWho(state, "dry"));
    }

    [Fact]
    public void Decode_BaseAtTheEnd_IsReplaced()
    {
        Describe("homeassistant/binary_sensor/x/config", """{"~":"leak","stat_t":"esp1/~","dev_cla":"moisture"}""");
        Assert.Equal("flood.indoor+", _home.Hear("esp1/leak", "ON"));
    }

    [Fact]
    public void Decode_DeviceForm_DescribesAllComponents()
    {
        Describe("homeassistant/device/whispy_1/config", """
            {"dev":{"ids":"whispy_1","name":"Whispy","mf":"W","mdl":"1","sa":"Kitchen"},"o":{"name":"whispy","sw":"1.0"},"avty_t":"whispy/1/status",
             "stat_t":"whispy/1/state",
             "cmps":{
              "occupancy":{"p":"binary_sensor","device_class":"occupancy","state_topic":"whispy/1/occupancy/state","payload_on":"ON","payload_off":"OFF","unique_id":"w1_occ"},
              "smoke":{"p":"binary_sensor","dev_cla":"smoke","val_tpl":"{{ value_json.smoke }}","pl_on":true,"pl_off":false,"uniq_id":"w1_smoke"},
              "gone":{"p":"binary_sensor"},
              "t":{"p":"sensor","dev_cla":"temperature","val_tpl":"{{ value_json.t }}","uniq_id":"w1_t"}}}
            """);
        Assert.Equal("w1_occ intrusion.motion+", _home.HearWho("whispy/1/occupancy/state", "ON"));
        Assert.Equal("w1_smoke fire.smoke+", _home.HearWho("whispy/1/state", """{"smoke":true,"t":21}"""));
        Assert.Equal("", _home.Hear("whispy/1/state", """{"t":22}"""));
        Assert.Equal("w1_smoke fire.smoke-", _home.HearWho("whispy/1/state", """{"smoke":false,"t":22}"""));
        Assert.Equal("supervision.offline+", _home.Hear("whispy/1/status", "offline"));
    }

    [Fact]
    public void Decode_EntitiesOfOneTopic_SpeakEachForItself()
    {
        Describe("homeassistant/binary_sensor/a/config", """{"stat_t":"hub","dev_cla":"smoke","val_tpl":"{{ value_json.a }}","pl_on":"1","pl_off":"0","uniq_id":"a"}""");
        Describe("homeassistant/binary_sensor/b/config", """{"stat_t":"hub","dev_cla":"moisture","val_tpl":"{{ 'ON' if value_json.b > 5 else 'OFF' }}","uniq_id":"b"}""");
        Describe("homeassistant/binary_sensor/c/config", """{"stat_t":"hub","dev_cla":"problem","name":"Test","val_tpl":"{{ value_json.test }}","pl_on":true,"pl_off":false,"uniq_id":"c"}""");
        Assert.Equal("a fire.smoke+, b flood.indoor-", _home.HearWho("hub", """{"a":1,"b":5}"""));
        Assert.Equal("b flood.indoor+", _home.HearWho("hub", """{"b":6}"""));
        Assert.Equal("c supervision.test+", _home.HearWho("hub", """{"a":1,"test":true}"""));
    }

    [Fact]
    public void Decode_TemplateNotUnderstood_IsCountedUndecodable()
    {
        Describe("homeassistant/binary_sensor/a/config", """{"stat_t":"hub","dev_cla":"smoke","val_tpl":"{{ value_json.a.split(',')[0] }}","uniq_id":"a"}""");
        Assert.Equal("!undecodable", _home.Hear("hub", """{"a":"ON,1","b":true}"""));
        Describe("homeassistant/binary_sensor/b/config", """{"stat_t":"hub","dev_cla":"moisture","val_tpl":"{{ value_json.b }}","pl_on":true,"pl_off":false,"uniq_id":"b"}""");
        Assert.Equal("flood.indoor+", _home.Hear("hub", """{"a":"ON,1","b":true}"""));
        Describe("homeassistant/sensor/t/config", """{"stat_t":"weather","val_tpl":"{{ value.split(',')[0] }}"}""");
        Assert.Equal("", _home.Hear("weather", "1,2"));
    }

    [Fact]
    public void Decode_EmptyDescription_DeletesTheEntity()
    {
        Describe("homeassistant/binary_sensor/a/config", """{"stat_t":"a","dev_cla":"smoke"}""");
        Assert.Equal("fire.smoke+", _home.Hear("a", "ON"));
        Describe("homeassistant/binary_sensor/a/config", "");
        Assert.Equal("!unknown-dialect", _home.Hear("a", "ON"));
        Assert.Equal("", _home.Hear("homeassistant/binary_sensor/a/config", ""));
    }

    [Fact]
    public void Decode_DescribedAgain_GoesOnFromWhatItKnew()
    {
        Describe("homeassistant/binary_sensor/a/config", """{"stat_t":"a","dev_cla":"door","uniq_id":"d"}""");
        Assert.Equal("intrusion.contact+", _home.Hear("a", "ON"));
        Describe("homeassistant/binary_sensor/a/config", """{"stat_t":"a","dev_cla":"door","uniq_id":"d","name":"Front door"}""");
        Assert.Equal("", _home.Hear("a", "ON"));
        Assert.Equal("intrusion.contact-", _home.Hear("a", "OFF"));
    }

    [Fact]
    public void Decode_Availability_IsSupervisionAndRestartsTheLink()
    {
        Describe("homeassistant/binary_sensor/a/config", """{"stat_t":"esp/smoke","dev_cla":"smoke","avty":[{"t":"esp/state","val_tpl":"{{ value_json.state }}","pl_avail":"up","pl_not_avail":"down"}]}""");
        Describe("homeassistant/binary_sensor/b/config", """{"stat_t":"esp/co","dev_cla":"carbon_monoxide","avty_t":"esp/state"}""");
        Assert.Equal("supervision.offline-", _home.Hear("esp/state", """{"state":"up"}"""));
        Assert.Equal("fire.smoke-", _home.Hear("esp/smoke", "OFF"));
        _home.Now = _home.Now.AddHours(1);
        Assert.Equal("supervision.offline+", _home.Hear("esp/state", """{"state":"down"}"""));
        Assert.Equal("", _home.Hear("esp/smoke", "unavailable"));
        Assert.Equal("supervision.offline-", _home.Hear("esp/state", """{"state":"up"}"""));
        Assert.Equal("gas.co?", _home.Hear("esp/co", "ON"));
        Assert.Equal("fire.smoke+", _home.Hear("esp/smoke", "ON"));
    }

    [Fact]
    public void Decode_Retained_IsSinceUnknown()
    {
        Describe("homeassistant/binary_sensor/a/config", """{"stat_t":"a","dev_cla":"smoke"}""");
        Assert.Equal("fire.smoke?", _home.Hear("a", "ON", retain: true));
    }

    [Fact]
    public void Decode_OffDelay_MakesEachOnAnEvent()
    {
        Describe("homeassistant/binary_sensor/a/config", """{"stat_t":"a","dev_cla":"motion","off_dly":30}""");
        Assert.Equal("intrusion.motion+", _home.Hear("a", "ON"));
        Assert.Equal("intrusion.motion+", _home.Hear("a", "ON"));
    }

    [Fact]
    public void Decode_Calls_AreMomentary()
    {
        Describe("homeassistant/device_automation/a/config", """{"atype":"trigger","type":"action","stype":"emergency","pl":"emergency","t":"remote/action"}""");
        Describe("homeassistant/event/b/config", """{"stat_t":"fob","evt_typ":["press","panic"]}""");
        Describe("homeassistant/event/c/config", """{"stat_t":"button","evt_typ":["press","double"]}""");
        Assert.Equal("sos.panic+", _home.Hear("remote/action", "emergency"));
        Assert.Equal("sos.panic+", _home.Hear("remote/action", "emergency"));
        Assert.Equal("", _home.Hear("remote/action", "arm_all_zones"));
        Assert.Equal("sos.panic+", _home.Hear("fob", """{"event_type":"panic"}"""));
        Assert.Equal("", _home.Hear("fob", """{"event_type":"press"}"""));
        Assert.Equal("", _home.Hear("button", """{"event_type":"press"}"""));
    }

    [Fact]
    public void Decode_AlarmPanel_IsAnIntrusionAlarmWhenTriggered()
    {
        Describe("homeassistant/alarm_control_panel/p/config", """{"stat_t":"panel/state","cmd_t":"panel/set","code":"1234"}""");
        Assert.Equal("intrusion.alarm-", _home.Hear("panel/state", "armed_away"));
        Assert.Equal("", _home.Hear("panel/state", "pending"));
        Assert.Equal("intrusion.alarm+", _home.Hear("panel/state", "triggered"));
        Assert.Equal("intrusion.alarm-", _home.Hear("panel/state", "disarmed"));
    }

    [Fact]
    public void Decode_DevicesOfZigbee2Mqtt_AreItsOwn()
    {
        Repeat("homeassistant/binary_sensor/0x1/contact/config", """
            {"availability":[{"topic":"zigbee2mqtt/bridge/state","value_template":"{{ value_json.state }}"}],"device":{"identifiers":["zigbee2mqtt_0x1"]},
             "device_class":"door","payload_on":false,"payload_off":true,"state_topic":"zigbee2mqtt/front door","unique_id":"0x1_contact_zigbee2mqtt","value_template":"{{ value_json.contact }}"}
            """);
        Assert.Equal("front door intrusion.contact+", _home.HearWho("zigbee2mqtt/front door", """{"contact":false}"""));
    }

    [Fact]
    public void Decode_DevicesOfZigbee2MqttWithoutItsOwnTopics_AreDecodedFromDiscovery()
    {
        Describe("homeassistant/binary_sensor/0x1/contact/config", """
            {"device_class":"door","payload_on":false,"payload_off":true,"state_topic":"eigen/front door","unique_id":"0x1_contact_zigbee2mqtt","value_template":"{{ value_json.contact }}"}
            """);
        Assert.Equal("0x1_contact_zigbee2mqtt intrusion.contact+", _home.HearWho("eigen/front door", """{"contact":false}"""));
    }

    [Fact]
    public void Decode_DevicesOfZWave_AreItsOwn()
    {
        Repeat("homeassistant/binary_sensor/Smoke/alarm/config", """
            {"dev_cla":"problem","stat_t":"zwave/Kitchen/Smoke/113/0/Smoke_Alarm/Alarm_status","val_tpl":"{{ value_json.value }}","pl_on":3,"pl_off":0,"uniq_id":"zw"}
            """);
        Assert.Equal("zwave/Kitchen/Smoke supervision.test+, zwave/Kitchen/Smoke supervision.mute-",
            _home.HearWho("zwave/Kitchen/Smoke/113/0/Smoke_Alarm/Alarm_status", """{"value":3}"""));
    }

    [Theory]
    [InlineData("{", "!not-json")]
    [InlineData("[]", "!bad-shape")]
    [InlineData("{}", "kept")]
    [InlineData("""{"stat_t":7,"avty":[1,{"t":2}],"dev_cla":{}}""", "kept")]
    [InlineData("""{"stat_t":"","dev_cla":"smoke","uniq_id":""}""", "kept")]
    public void Decode_StrangeDescription_IsNoHarm(string payload, string expected)
    {
        Assert.Equal(expected, _home.Hear("homeassistant/binary_sensor/a/config", payload));
        Assert.Equal(expected, _home.Hear("homeassistant/device/a/config", payload));
    }

    [Fact]
    public void Decode_NotJsonWhereATemplateWantsIt_IsRejected()
    {
        Describe("homeassistant/binary_sensor/a/config", """{"stat_t":"a","dev_cla":"smoke","val_tpl":"{{ value_json.a }}"}""");
        Assert.Equal("!not-json", _home.Hear("a", "offline"));
    }

    [Fact]
    public void Decode_OrdinaryReading_AllocatesNothing()
    {
        Describe("homeassistant/binary_sensor/a/config", """{"stat_t":"hub","dev_cla":"smoke","val_tpl":"{{ value_json.a | upper }}","uniq_id":"a"}""");
        Describe("homeassistant/binary_sensor/b/config", """{"stat_t":"hub","dev_cla":"moisture","val_tpl":"{{ 'ON' if value_json.b | float > 5 else 'OFF' }}","uniq_id":"b"}""");
        Describe("homeassistant/sensor/t/config", """{"stat_t":"t"}""");
        Assert.Equal(0, _home.BytesOf("hub", """{"a":"off","b":1.5,"t":21}"""));
        Assert.Equal(0, _home.BytesOf("t", "21.4"));
    }
}
