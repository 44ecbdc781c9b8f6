using System.Text.Json;
using CivicSignals.Ingest.Dialects.Homes;

namespace CivicSignals.Ingest.Dialects.Zigbee2Mqtt;

/// <summary>What a gateway says of one of its devices.</summary>
/// <param name="Address">IEEE address: the only name that does not change.</param>
/// <param name="Name">Friendly name; may hold slashes.</param>
/// <param name="Model">Model, or null when the gateway does not say.</param>
/// <param name="Keys">What of its state matters, or null when the gateway does not say.</param>
internal sealed record DeviceDescription(string Address, string Name, string? Model, DeviceKeySet? Keys)
{
    private const int MaxLength = 64;

    /// <summary>A whole <c>bridge/devices</c>; null when it is no list. What is no device, or has no usable address or name, is left out.</summary>
    public static List<DeviceDescription>? ReadAll(ReadOnlyMemory<byte> payload)
    {
        using var document = JsonDocument.Parse(payload, StrictJson.DocumentOptions);
        return document.RootElement.ValueKind != JsonValueKind.Array
            ? null
            : [.. document.RootElement.EnumerateArray().Select(device => Read(device)).OfType<DeviceDescription>()];
    }

    /// <summary>The device of a <c>bridge/event</c>, and whether it has left; null: the event is of no device.</summary>
    public static (DeviceDescription Device, bool HasLeft)? ReadEvent(ReadOnlyMemory<byte> payload)
    {
        using var document = JsonDocument.Parse(payload, StrictJson.DocumentOptions);
        return document.RootElement.Member("data") is { } data && Read(data) is { } device
            ? (device, document.RootElement.Text("type") == "device_leave")
            : null;
    }

    /// <summary>What a state says of its own device, when the gateway is told to include that; null: nothing.</summary>
    /// <param name="payload">The state.</param>
    /// <param name="name">What its topic calls the device.</param>
    public static DeviceDescription? ReadState(ReadOnlyMemory<byte> payload, ReadOnlySpan<char> name)
    {
        using var document = JsonDocument.Parse(payload, StrictJson.DocumentOptions);
        return document.RootElement.Member("device") is { } device && Usable(device.Text("ieeeAddr")) is { } address
            ? new DeviceDescription(address, name.ToString(), device.Text("model"), null)
            : null;
    }

    private static DeviceDescription? Read(JsonElement device)
    {
        if (Usable(device.Text("ieee_address")) is not { } address)
            return null;
        if (device.Text("friendly_name") is not { Length: > 0 } name || device.Text("type") == "Coordinator")
            return null;
        if (device.Member("definition") is not { ValueKind: JsonValueKind.Object } definition)
            return new DeviceDescription(address, name, null, null);
        var model = definition.Text("model") ?? "";
        return new DeviceDescription(address, name, model, DeviceKeys.Of(model, name, [.. Expose.ReadAll(definition.Member("exposes"))]));
    }

    private static string? Usable(string? text) => text is { Length: > 0 and <= MaxLength } && !text.Contains('/') && !text.Any(char.IsControl) ? text : null;
}
