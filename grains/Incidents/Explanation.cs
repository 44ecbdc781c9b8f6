using System.Globalization;
using CivicSignals.Fusion;

namespace CivicSignals.Incidents;

/// <summary>Weights in plain words.</summary>
public static class Explanation
{
    /// <summary>One piece of evidence: what it is, how old, and how much likelier it makes the hazard.</summary>
    public static string Why(Weight weight, DateTimeOffset now, HazardModel hazard)
    {
        var label = weight.Kind?.Label ?? weight.Evidence.Kind;
        var cleared = weight.Evidence.ClearedAt is null ? "" : ", since cleared";
        var because = weight.Discount switch
        {
            Discount.Age => "; counts less because it is no longer fresh",
            Discount.Brief => "; counts less because it ended by itself so soon",
            Discount.CommonCause => "; counts less because many homes there sound at once: one cause explains them all",
            Discount.Beside => "; counts as support for what already speaks there",
            Discount.SameHome => "; counts less because another sensor of the same home already speaks",
            Discount.Repost => "; repeats what somebody else said",
            Discount.Family => "; counts less because others there see the same",
            Discount.Reliability => "; counts less because this source has been wrong before",
            Discount.Cap => "; what people say counts only up to a limit",
            _ => "",
        };
        var words = weight.Evidence.Phrases is { Length: > 0 } phrases ? $"; by its words {phrases}" : "";
        return $"{Capital(label)}, {Ago(now - weight.Evidence.At)}{cleared}: makes {hazard.Noun} {Ratio(weight.LnLr)}{because}{words}";
    }

    /// <summary>A detector's silence.</summary>
    public static string Why(Silence silence, HazardModel hazard) =>
        $"{Capital(silence.Kind.Label)} of the same home is silent: makes {hazard.Noun} {Ratio(silence.LnLr)}";

    /// <summary>A likelihood ratio in words.</summary>
    /// <param name="lnLr">Its natural logarithm.</param>
    public static string Ratio(double lnLr)
    {
        var times = Math.Exp(Math.Abs(lnLr));
        if (times < 1.1)
            return "neither more nor less likely";
        return $"about {Round(times)} times {(lnLr > 0 ? "more" : "less")} likely";
    }

    /// <summary>A probability as odds that people can picture: "about 1 in 3", "about 97 in 100".</summary>
    public static string Chance(double belief) => belief switch
    {
        > 0.995 => "more than 99 in 100",
        >= 0.5 => string.Create(CultureInfo.InvariantCulture, $"about {Math.Round(belief * 100)} in 100"),
        > 1e-7 => $"about 1 in {Round(1 / belief)}",
        _ => "less than 1 in 10,000,000",
    };

    /// <summary>The text with a capital first letter.</summary>
    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private static string Ago(TimeSpan age) => age.TotalSeconds switch
    {
        < 45 => "just now",
        < 90 => "1 minute ago",
        < 3600 => string.Create(CultureInfo.InvariantCulture, $"{Math.Round(age.TotalMinutes)} minutes ago"),
        < 5400 => "1 hour ago",
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Round(age.TotalHours)} hours ago"),
    };

    /// <summary>One or two significant digits, with thousands separators.</summary>
    private static string Round(double value)
    {
        if (value < 10)
            return value.ToString("0.#", CultureInfo.InvariantCulture);
        var unit = Math.Pow(10, Math.Floor(Math.Log10(value)) - (value < 100 ? 1 : 0));
        return (Math.Round(value / unit) * unit).ToString("#,0", CultureInfo.InvariantCulture);
    }
}
