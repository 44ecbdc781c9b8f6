using System.Text.Json;
using CivicSignals.Ingest.Dialects.Homes;

namespace CivicSignals.Ingest.Dialects.Zigbee2Mqtt;

/// <summary>One device of a <c>bridge/devices</c> message.</summary>
/// <param name="Address">IEEE address: the only name that does not change.</param>
/// <param name="Name">Friendly name; may hold slashes.</param>
/// <param name="Model">Model, or null when the gateway does not know the device.</param>
/// <param name="Keys">What of its state speaks of a hazard.</param>
internal sealed record DeviceDescription(string Address, string Name, string? Model, DeviceKeySet Keys)
{
    private const int MaxLength = 64;
    private const int MaxKeys = 32;
    private const int Published = 1;

    /// <summary>Reads the whole message; null when it is no list. What is no device, or has no usable address or name, is left out.</summary>
    public static List<DeviceDescription>? ReadAll(ReadOnlyMemory<byte> payload)
    {
        using var document = JsonDocument.Parse(payload, StrictJson.DocumentOptions);
        return document.RootElement.ValueKind != JsonValueKind.Array
            ? null
            : [.. document.RootElement.EnumerateArray().Select(Read).OfType<DeviceDescription>()];
    }

    private static DeviceDescription? Read(JsonElement device)
    {
        if (device.Text("ieee_address") is not { Length: > 0 and <= MaxLength } address || address.Contains('/') || address.Any(char.IsControl))
            return null;
        if (device.Text("friendly_name") is not { Length: > 0 } name || device.Text("type") == "Coordinator")
            return null;
        return new DeviceDescription(address, name, device.Member("definition")?.Text("model"), KeysOf(device));
    }

    private static DeviceKeySet KeysOf(JsonElement device)
    {
        if (device.Member("definition") is not { ValueKind: JsonValueKind.Object } definition)
            return DeviceKeys.Usual;
        var model = definition.Text("model") ?? "";
        if (DeviceKeys.IsEcho(model))
            return DeviceKeys.None;
        var keys = new List<DeviceKey>();
        Collect(definition.Member("exposes"), model, keys);
        return DeviceKeySets.Shared([.. keys.Take(MaxKeys), .. DeviceKeys.Always]);
    }

    private static void Collect(JsonElement? exposes, string model, List<DeviceKey> keys)
    {
        if (exposes is not { ValueKind: JsonValueKind.Array } list)
            return;
        foreach (var expose in list.EnumerateArray())
        {
            if (expose.ValueKind != JsonValueKind.Object)
                continue;
            Collect(expose.Member("features"), model, keys);
            if (expose.Text("property") is not { Length: > 0 } key || !IsPublished(expose))
                continue;
            switch (expose.Text("type"))
            {
                case "binary" when DeviceKeys.Binary(model, key, Value(expose, "value_on", "true"), Value(expose, "value_off", "false")) is { } binary:
                    keys.Add(binary);
                    break;
                case "enum":
                    keys.AddRange(DeviceKeys.Enum(model, key));
                    break;
            }
        }
    }

    private static bool IsPublished(JsonElement expose) =>
        expose.Member("access") is not { ValueKind: JsonValueKind.Number } access || !access.TryGetInt32(out var bits) || (bits & Published) != 0;

    private static string Value(JsonElement expose, string name, string otherwise) => expose.Member(name) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { ValueKind: JsonValueKind.True or JsonValueKind.False or JsonValueKind.Number } value => value.GetRawText(),
        _ => otherwise,
    };
}
