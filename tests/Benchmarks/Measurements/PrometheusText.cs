using System.Globalization;

namespace CivicSignals.Benchmarks.Measurements;

/// <summary>The platform's own figures at one moment: the samples of <c>/metrics</c> that are Civic Signals' own.</summary>
internal static class PrometheusText
{
    private const string Prefix = "civicsignals_";

    /// <summary>Value by name and labels, without scope labels and without histogram buckets.</summary>
    public static async Task<IReadOnlyDictionary<string, double>> ReadAsync(HttpClient http)
    {
        var samples = new SortedDictionary<string, double>(StringComparer.Ordinal);
        var text = await http.GetStringAsync("/metrics");
        foreach (var line in text.Split('\n'))
        {
            if (!line.StartsWith(Prefix, StringComparison.Ordinal) || line.Contains("_bucket{", StringComparison.Ordinal))
                continue;
            var end = line.LastIndexOf('}') is var brace and >= 0 ? brace + 1 : line.IndexOf(' ');
            var value = line[end..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
            samples[Name(line[..end])] = double.Parse(value, CultureInfo.InvariantCulture);
        }

        return samples;
    }

    private static string Name(string sample)
    {
        var open = sample.IndexOf('{');
        if (open < 0)
            return sample;
        var labels = sample[(open + 1)..^1].Split(',').Where(label => label.Length > 0 && !label.StartsWith("otel_scope", StringComparison.Ordinal));
        var kept = string.Join(',', labels);
        return kept.Length == 0 ? sample[..open] : $"{sample[..open]}{{{kept}}}";
    }
}
