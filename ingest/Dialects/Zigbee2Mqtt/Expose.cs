using System.Text.Json;

namespace CivicSignals.Ingest.Dialects.Zigbee2Mqtt;

/// <summary>One thing that a gateway says a device publishes.</summary>
/// <param name="Type">What sort of value: <c>binary</c>, <c>enum</c>, <c>numeric</c>, <c>text</c>, <c>list</c>.</param>
/// <param name="Key">The key that it is published under.</param>
/// <param name="On">The value that says yes, as text.</param>
/// <param name="Off">The value that says no, as text.</param>
/// <param name="Values">Of an enum, its values.</param>
/// <param name="Unit">Of a number, its unit; or null.</param>
/// <param name="IsSettable">Whether it can be set: a setting or a command rather than something observed.</param>
internal sealed record Expose(string Type, string Key, string On, string Off, string[] Values, string? Unit, bool IsSettable)
{
    private const int Published = 1;
    private const int Settable = 2;
    private const int MaxValues = 256;

    /// <summary>Those that are published, the features of composed ones included.</summary>
    public static IEnumerable<Expose> ReadAll(JsonElement? exposes)
    {
        if (exposes is not { ValueKind: JsonValueKind.Array } list)
            yield break;
        foreach (var element in list.EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.Object)
                continue;
            foreach (var feature in ReadAll(element.Member("features")))
                yield return feature;
            if (Read(element) is { } expose)
                yield return expose;
        }
    }

    private static Expose? Read(JsonElement element)
    {
        if (element.Text("type") is not { } type || element.Text("property") is not { Length: > 0 } key)
            return null;
        var access = element.Member("access").Whole() ?? Published;
        if ((access & Published) == 0)
            return null;
        var values = element.Member("values") is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().Take(MaxValues).Select(Text).OfType<string>() : [];
        return new Expose(type, key, Text(element.Member("value_on")) ?? "true", Text(element.Member("value_off")) ?? "false", [.. values], element.Text("unit"), (access & Settable) != 0);
    }

    private static string? Text(JsonElement element) => Text((JsonElement?)element);

    private static string? Text(JsonElement? element) => element switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.True or JsonValueKind.False or JsonValueKind.Number } value => value.GetRawText(),
        _ => null,
    };
}
