using System.Text.Json;

namespace CivicSignals.Tests.Operations;

/// <summary>The Grafana dashboard.</summary>
internal static class DashboardFile
{
    public const string Path = "docs/operations/grafana-dashboard.json";

    /// <summary>All queries: of panels and of variables.</summary>
    public static IReadOnlyList<string> Queries()
    {
        using var dashboard = JsonDocument.Parse(Repository.Read(Path));
        var queries = Texts(dashboard.RootElement, "expr").Concat(Texts(dashboard.RootElement, "query").Where(query => query.Contains('('))).ToList();
        Assert.NotEmpty(queries);
        return queries;
    }

    /// <summary>All texts under a key, wherever it stands.</summary>
    public static IEnumerable<string> Texts(JsonElement element, string key) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Texts(item, key)),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => member.Name == key && member.Value.ValueKind == JsonValueKind.String
            ? [member.Value.GetString()!]
            : Texts(member.Value, key)),
        _ => [],
    };
}
