using CivicSignals.Dashboard.Homes;

namespace CivicSignals.Tests.Pages;

public class HomeSnippetTests
{
    private static readonly GatewayAddress Plain = new("civic.example", 1883, false);
    private static readonly GatewayAddress Secure = new("civic.example", 8883, true);

    [Fact]
    public void Mosquitto_Always_SendsAtLeastOnceKeepsAndTakesNothingIn()
    {
        string[] lines = GatewaySnippets.Mosquitto(Plain, "home-a", "s3cret").Split('\n');
        Assert.Contains("address civic.example:1883", lines);
        Assert.Contains("remote_clientid home-a", lines);
        Assert.Contains("remote_username home-a", lines);
        Assert.Contains("remote_password s3cret", lines);
        Assert.Contains("cleansession false", lines);
        Assert.Contains("upgrade_outgoing_qos true", lines);
        Assert.Contains("bridge_outgoing_retain true", lines);
        Assert.Contains("notification_topic homes/home-a/broker/state", lines);
        Assert.All(lines.Where(line => line.StartsWith("topic ", StringComparison.Ordinal)), line => Assert.EndsWith(" out 1 \"\" homes/home-a/", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("zigbee2mqtt/kitchen/smoke", true)]
    [InlineData("zigbee2mqtt/bridge/devices", true)]
    [InlineData("shellies/shellysmoke-1A/sensor/smoke", true)]
    [InlineData("shellyplussmoke-a8032/events/rpc", true)]
    [InlineData("shellyplussmoke-a8032/online", true)]
    [InlineData("tele/hall/SENSOR", true)]
    [InlineData("zwave/Kitchen/Smoke/113/0/Smoke_Alarm/Sensor_status", true)]
    [InlineData("zwave/Smoke/notification/endpoint_0/Smoke_Alarm/Sensor_status", true)]
    [InlineData("kitchen/binary_sensor/smoke/state", true)]
    [InlineData("homie/5/alarm/smoke/state", true)]
    [InlineData("homeassistant/binary_sensor/0x1/smoke/config", true)]
    [InlineData("homeassistant/device/whispy_1/config", true)]
    [InlineData("homeassistant/binary_sensor/hall_smoke/state", true)]
    [InlineData("rtl_433/pi/events", true)]
    [InlineData("zwave/Front_Door/99/0/userCode/1", false)]
    [InlineData("zwave/Front_Door/user_code/endpoint_0/userCode/1", false)]
    [InlineData("shellies/shellyplug-1/relay/0/power", false)]
    [InlineData("shellies/shellyplug-1/relay/0/command", false)]
    [InlineData("shellyplus1-a8032/rpc", false)]
    [InlineData("cmnd/hall/POWER", false)]
    [InlineData("homeassistant/camera/front/state", false)]
    [InlineData("homeassistant/device_tracker/phone/state", false)]
    [InlineData("owntracks/ann/phone", false)]
    [InlineData("frigate/front/person/snapshot", false)]
    public void Mosquitto_Filters_LetOutWhatSafetyNeedsAndNoMore(string topic, bool goesOut) =>
        Assert.Equal(goesOut, Filters().Any(filter => Matches(filter.Split('/'), topic.Split('/'))));

    [Fact]
    public void Mosquitto_OverTls_ChecksTheCertificate() =>
        Assert.Contains("\nbridge_capath /etc/ssl/certs\n", GatewaySnippets.Mosquitto(Secure, "home-a", null), StringComparison.Ordinal);

    [Fact]
    public void Mosquitto_WithoutPassword_SaysWhereItBelongs() =>
        Assert.Contains($"\nremote_password {GatewaySnippets.NoPassword}\n", GatewaySnippets.Mosquitto(Plain, "home-a", null), StringComparison.Ordinal);

    [Fact]
    public void Zigbee2Mqtt_Names_AreQuotedForYaml()
    {
        var text = GatewaySnippets.Zigbee2Mqtt(Secure, "ann's: home", "p'w");
        Assert.Contains("  base_topic: 'homes/ann''s: home/z2m'\n", text, StringComparison.Ordinal);
        Assert.Contains("  server: 'mqtts://civic.example:8883'\n", text, StringComparison.Ordinal);
        Assert.Contains("  user: 'ann''s: home'\n", text, StringComparison.Ordinal);
        Assert.Contains("  password: 'p''w'\n", text, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Filters() => GatewaySnippets.Mosquitto(Plain, "home-a", null).Split('\n')
        .Where(line => line.StartsWith("topic ", StringComparison.Ordinal)).Select(line => line.Split(' ')[1]);

    private static bool Matches(string[] filter, string[] topic)
    {
        for (var i = 0; i < filter.Length; i++)
        {
            if (filter[i] == "#")
                return true;
            if (i >= topic.Length || (filter[i] != "+" && filter[i] != topic[i]))
                return false;
        }

        return filter.Length == topic.Length;
    }
}
