using System.Globalization;
using System.Text.Json;

namespace CivicSignals.Ingest.Dialects.Its;

/// <summary>What the cause codes of a DENM say, from <c>its-causes.json</c>.</summary>
internal sealed class Causes
{
    private const string Resource = "CivicSignals.Ingest.Dialects.Its.its-causes.json";

    private static readonly string[] Unknown = ["road.hazard"];
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly Dictionary<long, string[]> _causes = [];
    private readonly Dictionary<(long Cause, long Sub), string[]> _pairs = [];

    private Causes(Table table)
    {
        foreach (var (cause, entry) in table.Causes)
            _causes.Add(long.Parse(cause, CultureInfo.InvariantCulture), entry.Kinds ?? []);
        foreach (var (pair, entry) in table.Pairs)
        {
            var slash = pair.IndexOf('/', StringComparison.Ordinal);
            _pairs.Add((long.Parse(pair.AsSpan(0, slash), CultureInfo.InvariantCulture), long.Parse(pair.AsSpan(slash + 1), CultureInfo.InvariantCulture)), entry.Kinds ?? []);
        }
    }

    public static Causes Embedded { get; } = Load();

    /// <summary>Every pair that the table lists.</summary>
    public IReadOnlyCollection<(long Cause, long Sub)> Pairs => _pairs.Keys;

    /// <summary>The kinds that a cause stands for; none: no hazard. A cause that nobody knows is a hazard: better shown than dropped.</summary>
    public IReadOnlyList<string> KindsOf(long cause, long sub) =>
        _pairs.TryGetValue((cause, sub), out var kinds) ? kinds : _causes.GetValueOrDefault(cause, Unknown);

    private static Causes Load()
    {
        using var file = typeof(Causes).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not embedded");
        return new Causes(JsonSerializer.Deserialize<Table>(file, Json)!);
    }

    private sealed record Table(Dictionary<string, Entry> Causes, Dictionary<string, Entry> Pairs);

    private sealed record Entry(string[]? Kinds);
}
