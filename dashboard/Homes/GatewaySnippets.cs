using System.Globalization;
using System.Text;

namespace CivicSignals.Dashboard.Homes;

/// <summary>What people paste into their gateway's configuration. Pure.</summary>
public static class GatewaySnippets
{
    /// <summary>Stands where the password belongs when it cannot be shown.</summary>
    public const string NoPassword = "YOUR-MQTT-PASSWORD";

    // What safety needs and no more: of Z-Wave not the door codes, of Home Assistant no cameras, of nobody a command.
    private static readonly (string Title, string[] Filters)[] Systems =
    [
        ("zigbee2mqtt (names may hold slashes, so all of it)", ["zigbee2mqtt/#"]),
        ("Shelly, first generation", ["shellies/+/sensor/+", "shellies/+/status", "shellies/+/online"]),
        ("Shelly Plus, Pro, Gen3 and later", ["+/events/rpc", "+/events/ble", "+/online"]),
        ("Tasmota", ["tele/#"]),
        ("Z-Wave JS UI: alarms, binary sensors, batteries and whether it is there", [.. ZWave()]),
        ("ESPHome", ["+/binary_sensor/+/state", "+/status"]),
        ("Homie", ["homie/#"]),
        ("Home Assistant: discovery of sensors",
            ["homeassistant/binary_sensor/+/config", "homeassistant/binary_sensor/+/+/config", "homeassistant/device/+/config"]),
        ("Home Assistant: statestream with base_topic homeassistant",
            ["homeassistant/binary_sensor/+/state", "homeassistant/binary_sensor/+/device_class", "homeassistant/alarm_control_panel/+/state"]),
        ("rtl_433", ["rtl_433/+/events"]),
    ];

    /// <summary>
    /// A bridge for Mosquitto 2 that sends what safety needs, keeps what it could not send, and takes nothing in. Topics stay as they are, below
    /// <c>homes/{gateway}/</c>.
    /// </summary>
    /// <param name="address">Where to.</param>
    /// <param name="gateway">The gateway's name.</param>
    /// <param name="password">Its password; null: <see cref="NoPassword"/>.</param>
    public static string Mosquitto(GatewayAddress address, string gateway, string? password)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # /etc/mosquitto/conf.d/civic-signals.conf
            # zigbee2mqtt and others send without asking for a receipt. With this the bridge asks for one.
            upgrade_outgoing_qos true

            connection civic-signals
            address {address.Host}:{address.Port}
            remote_clientid {gateway}
            remote_username {gateway}
            remote_password {password ?? NoPassword}
            bridge_protocol_version mqttv50
            """).Append('\n');
        if (address.IsSecure)
            text.Append("bridge_capath /etc/ssl/certs\n");
        text.Append(CultureInfo.InvariantCulture, $"""
            # Keep what could not be sent while the line was down.
            cleansession false
            # Tell Civic Signals when this bridge comes and goes.
            notifications true
            notification_topic homes/{gateway}/broker/state
            # Say what is news and what was stored: a stored alarm is no new one.
            bridge_outgoing_retain true

            # Only outgoing. Delete the lines of what you do not have.
            """).Append('\n');
        foreach (var (title, filters) in Systems)
        {
            text.Append(CultureInfo.InvariantCulture, $"# {title}\n");
            foreach (var filter in filters)
                text.Append(CultureInfo.InvariantCulture, $"topic {filter} out 1 \"\" homes/{gateway}/\n");
        }

        return text.ToString();
    }

    /// <summary>For a zigbee2mqtt that talks to the platform itself, with no broker at home.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="gateway">The gateway's name.</param>
    /// <param name="password">Its password; null: <see cref="NoPassword"/>.</param>
    public static string Zigbee2Mqtt(GatewayAddress address, string gateway, string? password) => string.Create(CultureInfo.InvariantCulture, $"""
        # configuration.yaml
        mqtt:
          base_topic: {Yaml($"homes/{gateway}/z2m")}
          server: {Yaml($"{(address.IsSecure ? "mqtts" : "mqtt")}://{address.Host}:{address.Port}")}
          user: {Yaml(gateway)}
          password: {Yaml(password ?? NoPassword)}
          version: 5
        device_options:
          qos: 1
        availability:
          enabled: true
        # Home Assistant's topics are outside base_topic and would be refused.
        homeassistant:
          enabled: false

        """);

    private static IEnumerable<string> ZWave()
    {
        foreach (var node in new[] { "zwave/+", "zwave/+/+" })
        {
            foreach (var commandClass in new[] { "113", "notification", "48", "sensor_binary", "128", "battery" })
                yield return $"{node}/{commandClass}/#";
            yield return $"{node}/status";
        }
    }

    private static string Yaml(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
