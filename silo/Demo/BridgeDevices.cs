using System.Buffers;
using System.Text.Json;

namespace CivicSignals.Silo.Demo;

/// <summary>What zigbee2mqtt publishes, retained, as <c>bridge/devices</c>.</summary>
public static class BridgeDevices
{
    /// <summary>The list for one home, its coordinator first.</summary>
    public static ReadOnlyMemory<byte> Json(Home home)
    {
        var buffer = new ArrayBufferWriter<byte>(8192);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            WriteCoordinator(json, home);
            for (var i = 0; i < home.Devices.Count; i++)
                Write(json, home.Devices[i], i + 1);
            json.WriteEndArray();
        }

        return buffer.WrittenMemory;
    }

    private static void WriteCoordinator(Utf8JsonWriter json, Home home)
    {
        json.WriteStartObject();
        json.WriteBoolean("disabled", false);
        json.WriteString("friendly_name", "Coordinator");
        json.WriteString("ieee_address", string.Concat(home.Devices[0].IeeeAddress.AsSpan(0, 14), "ffff"));
        json.WriteBoolean("interview_completed", true);
        json.WriteString("interview_state", "SUCCESSFUL");
        json.WriteBoolean("interviewing", false);
        json.WriteNumber("network_address", 0);
        json.WriteBoolean("supported", true);
        json.WriteString("type", "Coordinator");
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Device device, int networkAddress)
    {
        json.WriteStartObject();
        json.WriteStartObject("definition");
        json.WriteString("description", device.Model.Description);
        json.WriteStartArray("exposes");
        foreach (var expose in device.Model.Exposes)
            Write(json, expose);
        json.WriteEndArray();
        json.WriteString("model", device.Model.Model);
        json.WriteStartArray("options");
        json.WriteEndArray();
        json.WriteString("source", "native");
        json.WriteBoolean("supports_ota", false);
        json.WriteString("vendor", device.Model.Vendor);
        json.WriteEndObject();
        json.WriteBoolean("disabled", false);
        json.WriteString("friendly_name", device.Name);
        json.WriteString("ieee_address", device.IeeeAddress);
        json.WriteBoolean("interview_completed", true);
        json.WriteString("interview_state", "SUCCESSFUL");
        json.WriteBoolean("interviewing", false);
        json.WriteString("manufacturer", device.Model.Vendor);
        json.WriteString("model_id", device.Model.ZigbeeModel);
        json.WriteNumber("network_address", networkAddress);
        json.WriteString("power_source", "Battery");
        json.WriteBoolean("supported", true);
        json.WriteString("type", "EndDevice");
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Expose expose)
    {
        json.WriteStartObject();
        json.WriteNumber("access", 1);
        json.WriteString("description", expose.Description);
        json.WriteString("label", expose.Label);
        json.WriteString("name", expose.Property);
        json.WriteString("property", expose.Property);
        if (expose.Values is { } values)
        {
            json.WriteString("type", "enum");
            json.WriteStartArray("values");
            foreach (var value in values)
                json.WriteStringValue(value);
            json.WriteEndArray();
        }
        else if (expose.On is { } on)
        {
            json.WriteString("type", "binary");
            json.WriteBoolean("value_off", !on);
            json.WriteBoolean("value_on", on);
        }
        else
        {
            json.WriteString("type", "numeric");
            if (expose.Unit is { } unit)
                json.WriteString("unit", unit);
        }

        json.WriteEndObject();
    }
}
