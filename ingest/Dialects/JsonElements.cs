using System.Text.Json;

namespace CivicSignals.Ingest.Dialects;

/// <summary>Reading JSON of unknown shape: what is not as expected is absent.</summary>
internal static class JsonElements
{
    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : null;

    public static JsonElement? Member(this JsonElement? element, string name) => element?.Member(name);

    public static string? Text(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public static long? Whole(this JsonElement? element) =>
        element is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var whole) ? whole : null;

    public static double? Real(this JsonElement? element) =>
        element is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var real) && double.IsFinite(real) ? real : null;

    /// <summary>A number, or the number in an object's <c>value</c>: generations of a format differ in that.</summary>
    public static long? WholeOrValue(this JsonElement? element) =>
        element is { ValueKind: JsonValueKind.Object } nested ? nested.Member("value").Whole() : element.Whole();
}
