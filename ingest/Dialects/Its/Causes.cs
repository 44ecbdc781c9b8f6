using System.Text.Json;

namespace CivicSignals.Ingest.Dialects.Its;

/// <summary>What the cause codes of a DENM say, from <c>its-causes.json</c>.</summary>
internal sealed class Causes
{
    private const string Unknown = "road.hazard";
    private const string Resource = "CivicSignals.Ingest.Dialects.Its.its-causes.json";
    private const string AnySub = "*";

    private readonly Dictionary<string, Dictionary<string, string?>> _kinds;

    private Causes(Dictionary<string, Dictionary<string, string?>> kinds) => _kinds = kinds;

    public static Causes Embedded { get; } = Load();

    /// <summary>The kind of a cause, or null when it is no hazard. A cause that nobody knows is a hazard: better shown than dropped.</summary>
    public string? KindOf(long cause, long sub)
    {
        if (!_kinds.TryGetValue(cause.ToString(provider: null), out var subs))
            return Unknown;
        return subs.TryGetValue(sub.ToString(provider: null), out var kind) ? kind : subs[AnySub];
    }

    private static Causes Load()
    {
        using var file = typeof(Causes).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not embedded");
        using var document = JsonDocument.Parse(file);
        return new Causes(document.RootElement.GetProperty("causes").Deserialize<Dictionary<string, Dictionary<string, string?>>>()!);
    }
}
