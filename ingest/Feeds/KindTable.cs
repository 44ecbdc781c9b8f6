using System.Text.Json;

namespace CivicSignals.Ingest.Feeds;

/// <summary>What a format's words for a thing and for its sort mean as kinds, from an embedded file.</summary>
internal sealed class KindTable
{
    private const string Any = "*";

    private readonly Dictionary<string, Dictionary<string, string?>> _kinds;

    private KindTable(Dictionary<string, Dictionary<string, string?>> kinds) => _kinds = kinds;

    /// <summary>Reads <c>Feeds/…</c> of this assembly.</summary>
    /// <param name="file">Such as <c>Waze.waze-alerts.json</c>.</param>
    public static KindTable Load(string file)
    {
        var resource = $"CivicSignals.Ingest.Feeds.{file}";
        using var stream = typeof(KindTable).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"{resource} is not embedded");
        using var document = JsonDocument.Parse(stream);
        return new KindTable(document.RootElement.GetProperty("types").Deserialize<Dictionary<string, Dictionary<string, string?>>>()!);
    }

    /// <summary>The kind, or null when it is no evidence of anything.</summary>
    public string? KindOf(string type, string sort) =>
        !_kinds.TryGetValue(type, out var sorts) ? null : sorts.TryGetValue(sort, out var kind) ? kind : sorts[Any];
}
