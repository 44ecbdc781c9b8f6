namespace CivicSignals.Tests.Ingest;

public sealed class ZWaveDialectTests
{
    private readonly HomeScene _home = new();

    private string At(double secondsAgo) => $"{(long)(_home.Now - DateTimeOffset.UnixEpoch).TotalMilliseconds - (long)(secondsAgo * 1000)}";

    [Theory]
    [InlineData("113/0/Smoke_Alarm/Sensor_status", "2", "fire.smoke+")] // Golden 16.
    [InlineData("113/0/Smoke_Alarm/Sensor_status", "1", "fire.smoke+")]
    [InlineData("113/0/Smoke_Alarm/Alarm_status", "3", "supervision.test+ supervision.mute-")] // Golden 17.
    [InlineData("113/0/Smoke_Alarm/Alarm_status", "6", "supervision.test- supervision.mute+")]
    [InlineData("113/0/Smoke_Alarm/Maintenance_status", "5", "supervision.end-of-life+")]
    [InlineData("113/0/CO_Alarm/Sensor_status", "2", "gas.co+")]
    [InlineData("113/0/CO_Alarm/Test_status", "3", "supervision.test+")]
    [InlineData("113/0/CO2_Alarm/Sensor_status", "2", "")]
    [InlineData("113/0/Heat_Alarm/Heat_sensor_status", "2", "fire.heat+")]
    [InlineData("113/0/Heat_Alarm/Heat_sensor_status", "6", "fire.heat-")]
    [InlineData("113/0/Heat_Alarm/Alarm_status", "7", "supervision.test+ supervision.mute-")]
    [InlineData("113/0/Heat_Alarm/Rapid_temperature_rise", "null", "fire.heat+")]
    [InlineData("113/0/Heat_Alarm/Rapid_temperature_fall", "null", "")]
    [InlineData("113/0/Water_Alarm/Sensor_status", "2", "flood.indoor+")]
    [InlineData("113/0/Water_Alarm/Maintenance_status", "5", "")]
    [InlineData("113/0/Water_Alarm/Pump_status", "11", "supervision.fault+")]
    [InlineData("113/0/Access_Control/Door_state", "22", "intrusion.contact+")]
    [InlineData("113/0/Access_Control/Door_state", "23", "intrusion.contact-")]
    [InlineData("113/0/Access_Control/Unlock_operation_with_User_Code", """{"userId":3,"userCode":"4711"}""", "")]
    [InlineData("113/0/Home_Security/Sensor_status", "2", "intrusion.alarm+")]
    [InlineData("113/0/Home_Security/Cover_status", "3", "supervision.tamper+")]
    [InlineData("113/0/Home_Security/Motion_sensor_status", "8", "intrusion.motion+")]
    [InlineData("113/0/Home_Security/Glass_breakage", "{}", "intrusion.glass+")]
    [InlineData("113/0/Power_Management/Mains_status", "2", "supervision.mains+")]
    [InlineData("113/0/Power_Management/Mains_status", "3", "supervision.mains-")]
    [InlineData("113/0/Power_Management/Battery_maintenance_status", "11", "supervision.battery+")]
    [InlineData("113/0/Emergency_Alarm/Panic_alert", "null", "sos.panic+")]
    [InlineData("113/0/Emergency_Alarm/Contact_medical_service", "{}", "sos.panic+")]
    [InlineData("113/0/Home_Health/Fall_detected", "{}", "medical.fall+")]
    [InlineData("113/0/Home_Health/Position_status", "1", "")]
    [InlineData("113/0/Gas_alarm/Combustible_gas_status", "1", "gas.combustible+")]
    [InlineData("113/0/Gas_alarm/Toxic_gas_status", "4", "gas.toxic+")]
    [InlineData("113/0/Gas_alarm/Alarm_status", "5", "supervision.test+")]
    [InlineData("113/0/Siren/Siren_status", "1", "")]
    [InlineData("113/0/alarmLevel", "255", "")]
    [InlineData("48/0/Water", "true", "flood.indoor+")]
    [InlineData("48/0/Door-Window", "true", "intrusion.contact+")]
    [InlineData("48/0/Any", "true", "")]
    [InlineData("32/0/currentValue", "255", "")]
    [InlineData("49/0/Air_temperature", "21.4", "")]
    [InlineData("99/0/userCode/3", "\"4711\"", "")]
    [InlineData("128/0/isLow", "true", "supervision.battery+")]
    [InlineData("128/0/level", "3", "")]
    public void Decode_Value_SaysWhatItsTopicMeans(string value, string said, string expected)
    {
        Assert.Equal(expected, _home.Hear("zwave/Kitchen/Smoke/" + value, $$"""{"time":{{At(1)}},"value":{{said}}}"""));
        Assert.Equal(expected.Contains('+', StringComparison.Ordinal), new HomeScene().Hear("zwave/7/" + value, said).Contains('+', StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("zwave/Kitchen/Smoke/113/0/Smoke_Alarm/Sensor_status", "zwave/Kitchen/Smoke")]
    [InlineData("zwave/7/113/0/Smoke_Alarm/Sensor_status", "zwave/7")]
    [InlineData("haus/zw/nodeID_7/113/2/Smoke_Alarm/Sensor_status", "haus/zw/nodeID_7/2")]
    [InlineData("zwave/Kitchen/Smoke/notification/endpoint_0/Smoke_Alarm/Sensor_status", "zwave/Kitchen/Smoke")]
    [InlineData("zwave/Kitchen/Smoke/notification/endpoint_1/Smoke_Alarm/Sensor_status", "zwave/Kitchen/Smoke/1")]
    [InlineData("zwave/Kitchen/Smoke/notification/Smoke_Alarm/Sensor_status", "zwave/Kitchen/Smoke")]
    public void Decode_FormsOfATopic_NameNodeAndEndpoint(string path, string source) =>
        Assert.Equal($"{source} fire.smoke+", _home.HearWho(path, """{"value":2}"""));

    [Theory]
    [InlineData("2")]
    [InlineData("""{"time":1,"value":2}""")]
    [InlineData("""{"id":"7-113-0-Smoke Alarm-Sensor status","nodeId":7,"commandClass":113,"endpoint":0,"property":"Smoke Alarm","propertyKey":"Sensor status","type":"number","states":[{"text":"idle","value":0},{"text":"Smoke detected","value":2}],"value":2,"lastUpdate":1768032000000}""")]
    [InlineData("""{"time":1,"value":2,"nodeName":"Smoke","nodeLocation":"Kitchen"}""")]
    public void Decode_FormsOfAPayload_SayTheSame(string payload) =>
        Assert.Equal("fire.smoke+", _home.Hear("zwave/Smoke/113/0/Smoke_Alarm/Sensor_status", payload));

    [Fact]
    public void Decode_Retained_IsNewsOnlyWhenItSaysThatItJustBegan()
    {
        Assert.Equal("fire.smoke?", _home.Hear("zwave/1/113/0/Smoke_Alarm/Sensor_status", "2", retain: true));
        Assert.Equal("fire.smoke?", _home.Hear("zwave/2/113/0/Smoke_Alarm/Sensor_status", $$"""{"time":{{At(7200)}},"value":2}""", retain: true));
        Assert.Equal("fire.smoke?", _home.Hear("zwave/3/113/0/Smoke_Alarm/Sensor_status", """{"time":1548683523859,"value":2}""", retain: true));
        Assert.Equal("fire.smoke+", _home.Hear("zwave/4/113/0/Smoke_Alarm/Sensor_status", $$"""{"time":{{At(60)}},"value":2}""", retain: true));
    }

    [Theory]
    [InlineData(60, 60)]
    [InlineData(2 * 24 * 3600, 0)]
    [InlineData(-3600, 0)]
    public void Decode_Time_IsTheDevicesWhereItIsBelieved(int secondsAgo, int expected)
    {
        var signal = Assert.Single(_home.Decode("zwave/1/113/0/Smoke_Alarm/Sensor_status", $$"""{"time":{{At(secondsAgo)}},"value":2}""").Signals);
        Assert.Equal(_home.Now.AddSeconds(-expected), signal.ObservedAt);
    }

    [Fact]
    public void Decode_AlarmUnderTest_IsNoHazardUntilTheTestIsOver()
    {
        Assert.Contains("supervision.test+", _home.Hear("zwave/1/113/0/Smoke_Alarm/Alarm_status", "3"));
        Assert.Equal("", _home.Hear("zwave/1/113/0/Smoke_Alarm/Sensor_status", "2"));
        Assert.Equal("fire.smoke+", _home.Hear("zwave/2/113/0/Smoke_Alarm/Sensor_status", "2"));
        Assert.Contains("supervision.test-", _home.Hear("zwave/1/113/0/Smoke_Alarm/Alarm_status", "0"));
        Assert.Equal("fire.smoke+", _home.Hear("zwave/1/113/0/Smoke_Alarm/Sensor_status", "2"));
    }

    [Fact]
    public void Decode_TestThatNeverEnds_SilencesForMinutesOnly()
    {
        _home.Hear("zwave/1/113/0/CO_Alarm/Test_status", "3");
        Assert.Equal("", _home.Hear("zwave/1/113/0/CO_Alarm/Sensor_status", "2"));
        _home.Now = _home.Now.AddMinutes(6);
        Assert.Equal("gas.co+", _home.Hear("zwave/1/113/0/CO_Alarm/Sensor_status", "2"));
    }

    [Fact]
    public void Decode_TestOfLongAgo_SilencesNothing()
    {
        Assert.Contains("supervision.test?", _home.Hear("zwave/1/113/0/Smoke_Alarm/Alarm_status", "3", retain: true));
        Assert.Equal("fire.smoke+", _home.Hear("zwave/1/113/0/Smoke_Alarm/Sensor_status", "2"));
    }

    [Fact]
    public void Decode_States_AreEdgesAndEventsAreEachAnEvent()
    {
        Assert.Equal("intrusion.contact+", _home.Hear("zwave/1/113/0/Access_Control/Door_state", "22"));
        Assert.Equal("", _home.Hear("zwave/1/113/0/Access_Control/Door_state", "22"));
        Assert.Equal("intrusion.contact-", _home.Hear("zwave/1/113/0/Access_Control/Door_state", "23"));
        Assert.Equal("sos.panic+", _home.Hear("zwave/1/113/0/Emergency_Alarm/Panic_alert", "null"));
        Assert.Equal("sos.panic+", _home.Hear("zwave/1/113/0/Emergency_Alarm/Panic_alert", "null"));
        Assert.Equal("", _home.Hear("zwave/1/113/0/Emergency_Alarm/Panic_alert", ""));
    }

    [Fact]
    public void Decode_GatewayRestart_MakesStatesWithoutTimeSinceUnknown()
    {
        _home.Hear("zwave/_CLIENTS/ZWAVE_GATEWAY-home/status", """{"value":true,"time":1}""");
        _home.Hear("zwave/1/113/0/Smoke_Alarm/Sensor_status", "0");
        _home.Now = _home.Now.AddHours(1);
        Assert.Equal("supervision.offline+", _home.Hear("zwave/_CLIENTS/ZWAVE_GATEWAY-home/status", """{"value":false,"time":1}"""));
        Assert.Equal("supervision.offline-", _home.Hear("zwave/_CLIENTS/ZWAVE_GATEWAY-home/status", """{"value":true,"time":1}"""));
        Assert.Equal("fire.smoke?", _home.Hear("zwave/2/113/0/Smoke_Alarm/Sensor_status", "2"));
        Assert.Equal("fire.smoke+", _home.Hear("zwave/1/113/0/Smoke_Alarm/Sensor_status", "2"));
    }

    [Fact]
    public void Decode_DeadNode_IsOfflineAndNoClear()
    {
        _home.Hear("haus/zw/7/113/0/Smoke_Alarm/Sensor_status", "2");
        Assert.Equal("supervision.offline+", _home.Hear("haus/zw/7/status", """{"time":1,"value":false,"status":"Dead","nodeId":7}"""));
        Assert.Equal("!unknown-dialect", _home.Hear("haus/zw/8/status", """{"value":false}"""));
    }

    [Theory]
    [InlineData("zwave/_EVENTS/ZWAVE_GATEWAY-home/node/node_value_updated", """{"data":[{"value":2}]}""", "")]
    [InlineData("zwave/1/nodeinfo", """{"id":1}""", "")]
    [InlineData("zwave/1/113/0/Smoke_Alarm/Sensor_status", "{", "!not-json")]
    [InlineData("zwave/1/113/0/Smoke_Alarm/Sensor_status", "[2]", "")]
    [InlineData("zwave/1/113/0/Smoke_Alarm/Sensor_status", """{"value":{"value":2}}""", "")]
    [InlineData("zwave/1/113/0/Smoke_Alarm/Sensor_status", """{"time":1e300,"value":99}""", "")]
    [InlineData("zwave/113/0", "2", "")]
    [InlineData("elsewhere/113/0", "2", "!unknown-dialect")]
    public void Decode_Other_IsNoHazard(string path, string payload, string expected) => Assert.Equal(expected, _home.Hear(path, payload));

    [Fact]
    public void Decode_OrdinaryReading_AllocatesNothing()
    {
        Assert.Equal(0, _home.BytesOf("zwave/Kitchen/Smoke/49/0/Air_temperature", """{"time":1768032000000,"value":21.4}"""));
        Assert.Equal(0, _home.BytesOf("zwave/Kitchen/Smoke/113/0/Smoke_Alarm/Sensor_status", """{"time":1768032000000,"value":0}"""));
    }
}
