namespace CivicSignals.Tests.Ingest;

public sealed class EspHomeDialectTests
{
    private readonly HomeScene _home = new();

    [Theory]
    [InlineData("kitchen/binary_sensor/smoke/state", "ON", "fire.smoke+")]
    [InlineData("kitchen/binary_sensor/smoke/state", "OFF", "fire.smoke-")]
    [InlineData("kitchen/binary_sensor/smoke/state", "unavailable", "")]
    [InlineData("kitchen/binary_sensor/smoke/state", "", "")]
    [InlineData("esphome/kitchen/binary_sensor/washing_area_leak/state", "ON", "flood.indoor+")]
    [InlineData("kitchen/binary_sensor/co_alarm/state", "ON", "gas.co+")]
    [InlineData("kitchen/binary_sensor/gas_leak/state", "ON", "gas.combustible+")]
    [InlineData("kitchen/binary_sensor/front_door_open/state", "ON", "intrusion.contact+")]
    [InlineData("kitchen/binary_sensor/hall_pir/state", "ON", "intrusion.motion+")]
    [InlineData("kitchen/binary_sensor/panic/state", "ON", "sos.panic+")]
    [InlineData("kitchen/binary_sensor/smoke_test/state", "ON", "supervision.test+")]
    [InlineData("kitchen/binary_sensor/smoke_alarm_enabled/state", "ON", "")]
    [InlineData("kitchen/binary_sensor/soil_leak/state", "ON", "")]
    [InlineData("kitchen/binary_sensor/gpio12/state", "ON", "")]
    [InlineData("kitchen/switch/smoke/state", "ON", "")]
    [InlineData("kitchen/switch/siren/command", "ON", "")]
    [InlineData("kitchen/sensor/smoke/state", "nan", "")]
    [InlineData("kitchen/sensor/temperature/state", "23.4", "")]
    [InlineData("kitchen/text_sensor/smoke/state", "ON", "")]
    [InlineData("esphome/discover/kitchen", """{"ip":"10.0.0.7","name":"kitchen"}""", "")]
    [InlineData("kitchen/nothing/known", "ON", "!unknown-dialect")]
    [InlineData("kitchen/status", "fine", "!unknown-dialect")]
    public void Decode_WithoutDiscovery_SaysWhatItsNamePlainlyMeans(string path, string payload, string expected) =>
        Assert.Equal(expected, _home.Hear(path, payload));

    [Fact]
    public void Decode_Retained_IsSinceUnknownUnlessInactiveBefore()
    {
        Assert.Equal("fire.smoke?", _home.Hear("kitchen/binary_sensor/smoke/state", "ON", retain: true));
        _home.Hear("kitchen/binary_sensor/smoke/state", "OFF", retain: true);
        Assert.Equal("fire.smoke+", _home.Hear("kitchen/binary_sensor/smoke/state", "ON", retain: true));
    }

    [Fact]
    public void Decode_Status_IsThePresenceOfTheNode()
    {
        Assert.Equal("supervision.offline-", _home.Hear("kitchen/status", "online", retain: true));
        Assert.Equal("", _home.Hear("kitchen/debug", "[12:00:00][D][smoke]: ON"));
        Assert.Equal("fire.smoke-", _home.Hear("kitchen/binary_sensor/smoke/state", "OFF"));
        _home.Now = _home.Now.AddHours(1);
        Assert.Equal("supervision.offline+", _home.Hear("kitchen/status", "offline"));
        Assert.Equal("supervision.offline-", _home.Hear("kitchen/status", "online"));
        Assert.Equal("gas.co?", _home.Hear("kitchen/binary_sensor/co_detected/state", "ON"));
        Assert.Equal("fire.smoke+", _home.Hear("kitchen/binary_sensor/smoke/state", "ON"));
        Assert.Equal("gas.co+", _home.Hear("hall/binary_sensor/co_detected/state", "ON"));
    }

    [Fact]
    public void Decode_AlarmUnderTest_IsNoHazard()
    {
        _home.Hear("kitchen/binary_sensor/smoke_test/state", "ON");
        Assert.Equal("", _home.Hear("kitchen/binary_sensor/smoke/state", "ON"));
        Assert.Equal("fire.smoke+", _home.Hear("hall/binary_sensor/smoke/state", "ON"));
    }

    [Fact]
    public void Decode_Discovered_MeansWhatItsClassSays()
    {
        Assert.Equal("", _home.Hear("kitchen/binary_sensor/gpio12/state", "ON"));
        _home.Hear("homeassistant/binary_sensor/kitchen/gpio12/config", """
            {"dev_cla":"moisture","name":"GPIO12","stat_t":"kitchen/binary_sensor/gpio12/state","avty_t":"kitchen/status","uniq_id":"ESPbinary_sensorgpio12",
             "dev":{"ids":"a0b1c2","name":"kitchen","sw":"esphome v2025.1","mdl":"esp32dev","mf":"Espressif"}}
            """, retain: true);
        Assert.Equal("ESPbinary_sensorgpio12 flood.indoor+", _home.HearWho("kitchen/binary_sensor/gpio12/state", "ON"));
        Assert.Equal("supervision.offline+", _home.Hear("kitchen/status", "offline"));
    }

    [Fact]
    public void Decode_WhatProvesToBeAStatestream_IsItsOwn()
    {
        Assert.Equal("fire.smoke+", _home.Hear("our/binary_sensor/smoke/state", "on"));
        _home.Hear("our/binary_sensor/smoke/friendly_name", "\"Smoke\"");
        Assert.Equal("", _home.Hear("our/binary_sensor/smoke/state", "on"));
        _home.Hear("our/binary_sensor/smoke/device_class", "\"smoke\"");
        Assert.Equal("binary_sensor.smoke fire.smoke+, binary_sensor.smoke supervision.offline-", _home.HearWho("our/binary_sensor/smoke/state", "on"));
    }

    [Fact]
    public void Decode_OrdinaryReading_AllocatesNothing()
    {
        Assert.Equal(0, _home.BytesOf("kitchen/sensor/temperature/state", "23.4"));
        Assert.Equal(0, _home.BytesOf("kitchen/binary_sensor/smoke/state", "OFF"));
        Assert.Equal(0, _home.BytesOf("kitchen/binary_sensor/gpio12/state", "OFF"));
    }
}
