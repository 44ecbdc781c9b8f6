namespace CivicSignals.Tests.Ingest;

public sealed class HomieDialectTests
{
    private const string Dev1 = "homie/5/dev1/";

    private const string Description = """
        {"homie":"5.0","version":7,"name":"Hall","nodes":{
         "door":{"name":"Front door","properties":{
          "open":{"name":"Open","datatype":"boolean"},
          "closed":{"datatype":"boolean"}}},
         "smoke":{"name":"Smoke alarm","type":"smoke-detector","properties":{
          "detected":{"datatype":"boolean"},
          "test":{"datatype":"boolean"},
          "battery-low":{"datatype":"boolean"},
          "connected":{"datatype":"boolean"},
          "battery":{"datatype":"integer","unit":"%"},
          "enabled":{"datatype":"boolean","settable":true}}},
         "siren":{"properties":{"smoke":{"datatype":"boolean"}}},
         "panic":{"properties":{"pressed":{"datatype":"boolean","retained":false},"armed":{"datatype":"boolean","settable":true}}}}}
        """;

    private readonly HomeScene _home = new();

    [Fact]
    public void Decode_Undescribed_SaysNothing() => Assert.Equal("", _home.Hear(Dev1 + "door/open", "true")); // Golden 20: by registry.

    [Theory]
    [InlineData("door/open", "true", "intrusion.contact+")]
    [InlineData("door/open", "false", "intrusion.contact-")]
    [InlineData("door/closed", "true", "")]
    [InlineData("smoke/detected", "true", "fire.smoke+")]
    [InlineData("smoke/detected", "TRUE", "")]
    [InlineData("smoke/detected", "", "")]
    [InlineData("smoke/test", "true", "supervision.test+")]
    [InlineData("smoke/battery-low", "true", "supervision.battery+")]
    [InlineData("smoke/connected", "true", "")]
    [InlineData("smoke/battery", "3", "")]
    [InlineData("smoke/enabled", "true", "")]
    [InlineData("smoke/detected/set", "true", "")]
    [InlineData("smoke/detected/$target", "true", "")]
    [InlineData("siren/smoke", "true", "")]
    [InlineData("panic/pressed", "true", "sos.panic+")]
    [InlineData("panic/armed", "true", "")]
    [InlineData("$log", "smoke", "")]
    [InlineData("$alert/battery", "low", "")]
    public void Decode_DescribedProperty_SaysWhatItsNamesMean(string property, string payload, string expected)
    {
        Assert.Equal("kept", _home.Hear(Dev1 + "$description", Description, retain: true));
        Assert.Equal(expected, _home.Hear(Dev1 + property, payload));
    }

    [Fact]
    public void Decode_Property_SpeaksForItself()
    {
        _home.Hear(Dev1 + "$description", Description);
        Assert.Equal("homie/5/dev1/smoke/detected fire.smoke+", _home.HearWho(Dev1 + "smoke/detected", "true"));
    }

    [Theory]
    [InlineData("homie/5/dev1")]
    [InlineData("haus/5/dev1")]
    [InlineData("x/y/homie/5/dev1")]
    [InlineData("x/haus/5/dev1")]
    public void Decode_RenamedOrPrefixedBase_IsFoundByWhatOnlyHomieCallsSo(string device)
    {
        Assert.Equal("kept", _home.Hear(device + "/$description", Description));
        Assert.Equal("fire.smoke+", _home.Hear(device + "/smoke/detected", "true"));
    }

    [Theory]
    [InlineData("homie/dev2")]
    [InlineData("haus/dev2")]
    [InlineData("x/homie/dev2")]
    public void Decode_SplitTopics_DescribeADeviceInAnyOrder(string device)
    {
        _home.Hear(device + "/$homie", "4.0.0", retain: true);
        Assert.Equal("kept", _home.Hear(device + "/alarm/detected/$datatype", "boolean", retain: true));
        Assert.Equal("", _home.Hear(device + "/alarm/detected", "true", retain: true));
        Assert.Equal("", _home.Hear(device + "/alarm/$properties", "detected", retain: true));
        Assert.Equal("kept", _home.Hear(device + "/alarm/$name", "Smoke alarm", retain: true));
        Assert.Equal("fire.smoke?", _home.Hear(device + "/alarm/detected", "true", retain: true));
        Assert.Equal("kept", _home.Hear(device + "/alarm/detected/$settable", "true", retain: true));
        Assert.Equal("", _home.Hear(device + "/alarm/detected", "true"));
    }

    [Fact]
    public void Decode_Retained_IsSinceUnknownUnlessInactiveBefore()
    {
        _home.Hear(Dev1 + "$description", Description);
        Assert.Equal("fire.smoke?", _home.Hear(Dev1 + "smoke/detected", "true", retain: true));
        Assert.Equal("fire.smoke-", _home.Hear(Dev1 + "smoke/detected", "false", retain: true));
        Assert.Equal("fire.smoke+", _home.Hear(Dev1 + "smoke/detected", "true", retain: true));
    }

    [Fact]
    public void Decode_AlarmUnderTest_IsNoHazard()
    {
        _home.Hear(Dev1 + "$description", Description);
        _home.Hear(Dev1 + "smoke/test", "true");
        Assert.Equal("", _home.Hear(Dev1 + "smoke/detected", "true"));
        _home.Hear(Dev1 + "smoke/test", "false");
        Assert.Equal("fire.smoke+", _home.Hear(Dev1 + "smoke/detected", "true"));
    }

    [Fact]
    public void Decode_State_IsThePresenceOfTheDevice()
    {
        _home.Hear(Dev1 + "$description", Description);
        Assert.Equal("", _home.Hear(Dev1 + "$state", "init"));
        Assert.Equal("supervision.offline-", _home.Hear(Dev1 + "$state", "ready"));
        _home.Hear(Dev1 + "door/open", "false");
        _home.Now = _home.Now.AddHours(1);
        Assert.Equal("supervision.offline+", _home.Hear(Dev1 + "$state", "lost"));
        Assert.Equal("", _home.Hear(Dev1 + "$state", "lost"));
        Assert.Equal("supervision.offline-", _home.Hear(Dev1 + "$state", "ready"));
        Assert.Equal("fire.smoke?", _home.Hear(Dev1 + "smoke/detected", "true"));
        Assert.Equal("intrusion.contact+", _home.Hear(Dev1 + "door/open", "true"));
    }

    [Theory]
    [InlineData("$description")]
    [InlineData("$state")]
    public void Decode_EmptyPayload_DeletesTheDevice(string attribute)
    {
        _home.Hear(Dev1 + "$state", "ready");
        _home.Hear(Dev1 + "$description", Description);
        _home.Hear(Dev1 + attribute, "", retain: true);
        Assert.Equal("", _home.Hear(Dev1 + "smoke/detected", "true"));
    }

    [Fact]
    public void Decode_DescribedAgain_GoesOnFromWhatItKnew()
    {
        _home.Hear(Dev1 + "$description", Description);
        _home.Hear(Dev1 + "door/open", "true");
        _home.Hear(Dev1 + "$description", Description.Replace("\"closed\":{\"datatype\":\"boolean\"}", "\"x\":{}", StringComparison.Ordinal));
        Assert.Equal("", _home.Hear(Dev1 + "door/open", "true"));
        Assert.Equal("intrusion.contact-", _home.Hear(Dev1 + "door/open", "false"));
    }

    [Theory]
    [InlineData("{", "!not-json")]
    [InlineData("[]", "kept")]
    [InlineData("""{"nodes":{"a/b":{"properties":[]},"c":7,"smoke":{"properties":{"d/e":{"datatype":"boolean"},"f":1}}}}""", "kept")]
    public void Decode_StrangeDescription_IsNoHarm(string description, string expected) =>
        Assert.Equal(expected, _home.Hear(Dev1 + "$description", description));

    [Fact]
    public void Decode_TooManyDescriptions_AreRefused()
    {
        for (var i = 0; i < 2000; i++)
            Assert.Equal("kept", _home.Hear($"homie/dev{i / 100}/node{i % 100}/$name", "Smoke"));
        Assert.Equal("!too-many", _home.Hear("homie/dev0/node/$name", "Smoke"));
    }

    [Fact]
    public void Decode_OrdinaryReading_AllocatesNothing()
    {
        _home.Hear(Dev1 + "$description", Description);
        Assert.Equal(0, _home.BytesOf(Dev1 + "smoke/battery", "97"));
        Assert.Equal(0, _home.BytesOf(Dev1 + "smoke/detected", "false"));
    }
}
