using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;

namespace CivicSignals.Tests.Operations;

/// <summary>What the exporter calls an instrument. A test compares it with what is scraped.</summary>
internal static class PrometheusName
{
    private static readonly Regex Runs = new("[^a-zA-Z0-9:]+");
    private static readonly Regex Annotation = new(@"\{[^}]*\}");

    /// <summary>The family's name.</summary>
    public static string Of(Instrument instrument)
    {
        var name = Runs.Replace(instrument.Name, "_");
        var unit = Unit(Annotation.Replace(instrument.Unit ?? "", ""));
        if (unit.Length > 0 && !name.EndsWith(unit, StringComparison.Ordinal))
            name = $"{name}_{unit}";
        return Kind(instrument) is "Counter" or "ObservableCounter" && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    /// <summary>The names of its series.</summary>
    public static IEnumerable<string> Series(Instrument instrument)
    {
        var name = Of(instrument);
        return Kind(instrument) == "Histogram" ? [name + "_bucket", name + "_sum", name + "_count"] : [name];
    }

    private static string Kind(Instrument instrument) => instrument.GetType().Name.Split('`')[0];

    private static string Unit(string unit) => unit switch
    {
        "s" => "seconds",
        "ms" => "milliseconds",
        "By" or "bytes" => "bytes",
        "MB" => "megabytes",
        var other => other,
    };
}
