namespace CivicSignals.Tests.Ingest;

public sealed class HomeAssistantStateStreamTests
{
    private const string Leak = "homeassistant/binary_sensor/kitchen_leak/";

    private readonly HomeScene _home = new();

    [Fact]
    public void Decode_State_MeansWhatItsClassMeans() // Golden 18.
    {
        Assert.Equal("", _home.Hear(Leak + "state", "on"));
        Assert.Equal("kept", _home.Hear(Leak + "device_class", "\"moisture\"", retain: true));
        Assert.Equal("binary_sensor.kitchen_leak flood.indoor+, binary_sensor.kitchen_leak supervision.offline-", _home.HearWho(Leak + "state", "on"));
        Assert.Equal("flood.indoor-", _home.Hear(Leak + "state", "off", retain: true));
    }

    [Fact]
    public void Decode_Unavailable_IsSupervisionAndNoClear() // Golden 19.
    {
        _home.Hear(Leak + "device_class", "\"moisture\"");
        _home.Hear(Leak + "state", "on");
        Assert.Equal("supervision.offline+", _home.Hear(Leak + "state", "unavailable"));
        Assert.Equal("", _home.Hear(Leak + "state", "unavailable"));
        Assert.Equal("", _home.Hear(Leak + "state", "unknown"));
        Assert.Equal("flood.indoor+ supervision.offline-", _home.Hear(Leak + "state", "on"));
    }

    [Fact]
    public void Decode_Retained_IsSinceUnknownUnlessInactiveBefore()
    {
        _home.Hear(Leak + "device_class", "\"moisture\"", retain: true);
        Assert.Contains("flood.indoor?", _home.Hear(Leak + "state", "on", retain: true));
        _home.Hear(Leak + "state", "off", retain: true);
        Assert.Contains("flood.indoor+", _home.Hear(Leak + "state", "on", retain: true));
    }

    [Theory]
    [InlineData("hass")]
    [InlineData("bridge/homeassistant")]
    [InlineData("statestream")]
    public void Decode_Base_IsKnownByName(string @base)
    {
        Assert.Equal("", _home.Hear(@base + "/sensor/kitchen/state", "21.4"));
        Assert.Equal("", _home.Hear(@base + "/light/kitchen/brightness", "255"));
    }

    [Fact]
    public void Decode_BaseOfAnyName_IsLearntFromItsAttributes()
    {
        Assert.Equal("!unknown-dialect", _home.Hear("our/home/zone/home/state", "1"));
        _home.Hear("our/home/binary_sensor/hall/friendly_name", "\"Hall\"");
        Assert.Equal("", _home.Hear("our/home/zone/home/state", "1"));
    }

    [Theory]
    [InlineData("binary_sensor/door", "door", "on", "intrusion.contact+ supervision.offline-")]
    [InlineData("binary_sensor/hub", "connectivity", "off", "supervision.offline+")]
    [InlineData("binary_sensor/hub", "connectivity", "on", "supervision.offline-")]
    [InlineData("binary_sensor/boiler", "heat", "on", "")]
    [InlineData("binary_sensor/x", "running", "on", "")]
    [InlineData("binary_sensor/x", "", "on", "")]
    [InlineData("sensor/gas", "gas", "on", "")]
    [InlineData("switch/smoke", "smoke", "on", "")]
    public void Decode_Class_DecidesAndOnlyOfBinarySensors(string entity, string deviceClass, string state, string expected)
    {
        _home.Hear($"homeassistant/{entity}/device_class", $"\"{deviceClass}\"");
        Assert.Equal(expected, _home.Hear($"homeassistant/{entity}/state", state));
    }

    [Fact]
    public void Decode_AlarmPanel_NeedsNoClass()
    {
        Assert.Contains("intrusion.alarm-", _home.Hear("hass/alarm_control_panel/home/state", "armed_away"));
        Assert.Equal("", _home.Hear("hass/alarm_control_panel/home/state", "pending"));
        Assert.Contains("intrusion.alarm+", _home.Hear("hass/alarm_control_panel/home/state", "triggered"));
        Assert.Equal("supervision.offline+", _home.Hear("hass/alarm_control_panel/home/state", "unavailable"));
        Assert.Equal("", _home.Hear("hass/alarm_control_panel/home/code_format", "\"number\""));
    }

    [Fact]
    public void Decode_Restart_MakesNewStatesSinceUnknown()
    {
        _home.Hear("homeassistant/status", "online");
        _home.Hear("hass/binary_sensor/smoke/device_class", "\"smoke\"");
        _home.Hear("hass/binary_sensor/co/device_class", "\"carbon_monoxide\"");
        _home.Hear("hass/binary_sensor/smoke/state", "off");
        _home.Now = _home.Now.AddHours(1);
        Assert.Equal("supervision.offline+", _home.Hear("homeassistant/status", "offline"));
        Assert.Equal("supervision.offline-", _home.Hear("homeassistant/status", "online"));
        Assert.Contains("gas.co?", _home.Hear("hass/binary_sensor/co/state", "on"));
        Assert.Contains("fire.smoke+", _home.Hear("hass/binary_sensor/smoke/state", "on"));
    }

    [Fact]
    public void Decode_ClassTakenBack_MeansNothingAgain()
    {
        _home.Hear(Leak + "device_class", "\"moisture\"");
        Assert.Equal("kept", _home.Hear(Leak + "device_class", ""));
        Assert.Equal("", _home.Hear(Leak + "state", "on"));
    }

    [Fact]
    public void Decode_OrdinaryReading_AllocatesNothing()
    {
        _home.Hear(Leak + "device_class", "\"moisture\"");
        Assert.Equal(0, _home.BytesOf(Leak + "state", "off"));
        Assert.Equal(0, _home.BytesOf("homeassistant/sensor/kitchen/state", "21.4"));
    }
}
