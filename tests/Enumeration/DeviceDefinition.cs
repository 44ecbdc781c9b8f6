using System.Text.Json;

namespace CivicSignals.Tests.Enumeration;

/// <summary>One device as zigbee-herdsman-converters defines it.</summary>
/// <param name="Model">As gateways publish it.</param>
/// <param name="Of">The model that it is a rebranding of, or itself.</param>
/// <param name="Exposes">As gateways publish them.</param>
internal sealed record DeviceDefinition(string Model, string Of, JsonElement Exposes)
{
    /// <summary>Access bit: the value is published.</summary>
    private const int Published = 1;

    /// <summary>Everything that it publishes, the features of composed ones included.</summary>
    public IEnumerable<PublishedKey> Keys => Flatten(Exposes).Select(PublishedKey.Of).OfType<PublishedKey>();

    public bool IsBrand => Model != Of;

    public static DeviceDefinition Parse(string line)
    {
        var definition = JsonSerializer.Deserialize<JsonElement>(line);
        return new DeviceDefinition(definition.GetProperty("model").GetString()!, definition.GetProperty("of").GetString()!, definition.GetProperty("exposes"));
    }

    private static IEnumerable<JsonElement> Flatten(JsonElement exposes)
    {
        foreach (var expose in exposes.EnumerateArray())
        {
            if (expose.TryGetProperty("features", out var features))
            {
                foreach (var feature in Flatten(features))
                    yield return feature;
            }

            if (expose.TryGetProperty("property", out _) && (!expose.TryGetProperty("access", out var access) || (access.GetInt32() & Published) != 0))
                yield return expose;
        }
    }
}

/// <summary>One key with values that it may have, as JSON.</summary>
/// <param name="Name">Its name in a state.</param>
/// <param name="Type">As the gateway has it.</param>
/// <param name="Values">All of them, or samples.</param>
/// <param name="On">Of a binary, what says yes.</param>
internal sealed record PublishedKey(string Name, string Type, string[] Values, string? On)
{
    public static PublishedKey? Of(JsonElement expose)
    {
        var (name, type) = (expose.GetProperty("property").GetString()!, expose.GetProperty("type").GetString()!);
        return type switch
        {
            "binary" => new(name, type, [Raw("value_off"), Raw("value_on")], Raw("value_on")),
            "enum" => new(name, type, [.. expose.GetProperty("values").EnumerateArray().Select(value => value.GetRawText())], null),
            "numeric" => new(name, type, ["50", "0", "5", "1000"], null),
            "text" => new(name, type, ["\"normal\"", "\"\"", "\"E1\""], null),
            "list" => new(name, type, ["[]", "[\"E1\"]"], null),
            _ => null,
        };

        string Raw(string value) => expose.GetProperty(value).GetRawText();
    }
}
