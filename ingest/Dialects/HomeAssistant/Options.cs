using System.Text.Json;

namespace CivicSignals.Ingest.Dialects.HomeAssistant;

/// <summary>The options of one component of a discovery message: its own before those of the whole device, in full or abbreviated.</summary>
internal readonly struct Options(JsonElement own, JsonElement shared, string front)
{
    private const int MaxTopic = 300;

    public JsonElement? Member(string name, string abbreviation) =>
        own.Member(name) ?? own.Member(abbreviation) ?? shared.Member(name) ?? shared.Member(abbreviation);

    public string? Text(string name, string abbreviation) => Member(name, abbreviation) is { } value ? AsText(value) : null;

    /// <summary>The path of a topic, with <c>~</c> replaced at either end; null when there is none.</summary>
    public string? Topic(string name, string abbreviation) => Topic(Member(name, abbreviation));

    public string? Topic(JsonElement? value)
    {
        if (value is not { ValueKind: JsonValueKind.String } element || element.GetString() is not { Length: > 0 and < MaxTopic } topic)
            return null;
        if (Text("~", "~") is { } @base)
            topic = topic.StartsWith('~') ? @base + topic[1..] : topic.EndsWith('~') ? topic[..^1] + @base : topic;
        return topic.Length < MaxTopic ? front + topic : null;
    }

    /// <summary>All topics that are named at all.</summary>
    public IEnumerable<string> Topics()
    {
        if (own.ValueKind != JsonValueKind.Object)
            yield break;
        foreach (var member in own.EnumerateObject())
        {
            if ((member.Name.EndsWith("_topic", StringComparison.Ordinal) || member.Name.EndsWith("_t", StringComparison.Ordinal)) && Topic(member.Value) is { } path)
                yield return path;
        }
    }

    /// <summary>A payload as Home Assistant compares it: with Python's words for booleans.</summary>
    public string Payload(string name, string abbreviation, string otherwise) => Text(name, abbreviation) ?? otherwise;

    public static string? AsText(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => "True",
        JsonValueKind.False => "False",
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };
}
