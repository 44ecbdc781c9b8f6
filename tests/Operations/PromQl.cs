using System.Text.RegularExpressions;

namespace CivicSignals.Tests.Operations;

/// <summary>As much of PromQL as it takes to find the names of metrics in it: whatever is no word of the language counts as one.</summary>
internal static class PromQl
{
    private static readonly HashSet<string> Words =
    [
        "and", "or", "unless", "bool", "offset", "sum", "min", "max", "avg", "count", "topk", "rate", "irate", "increase", "delta", "deriv", "clamp_min",
        "histogram_quantile", "absent", "label_replace", "time", "vector", "label_values", "query_result",
    ];

    // What stands in braces, brackets or quotes holds no metrics, nor do lists of labels.
    private static readonly Regex Labels = new("""(?<=label_values\([^,)]*),[^)]*|\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)|\[[^\]]*\]|"[^"]*"|\b[0-9][0-9.]*[a-z]*[0-9]*\b""");
    private static readonly Regex Matchers = new(@"\{[^{}]*\}");
    private static readonly Regex Name = new("[a-zA-Z_:][a-zA-Z0-9_:]*");

    public static IReadOnlySet<string> MetricsIn(string expression) => Name
        .Matches(Matchers.Replace(Labels.Replace(expression, " "), " "))
        .Select(match => match.Value)
        .Where(name => !Words.Contains(name))
        .ToHashSet();
}
