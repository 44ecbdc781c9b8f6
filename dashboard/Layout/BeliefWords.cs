using System.Globalization;

namespace CivicSignals.Dashboard.Layout;

/// <summary>A probability as people say it: how many times out of how many such an incident would prove real.</summary>
public static class BeliefWords
{
    /// <summary><c>about 1 in 50</c>, <c>about 2 in 3</c>, <c>about 97 in 100</c>. <paramref name="belief"/> is 0..1.</summary>
    public static string Say(double belief) => belief switch
    {
        >= 0.995 => "more than 99 in 100",
        >= 0.945 => string.Create(CultureInfo.InvariantCulture, $"about {Math.Round(belief * 100):0} in 100"),
        >= 0.85 => "about 9 in 10",
        >= 0.775 => "about 4 in 5",
        >= 0.71 => "about 3 in 4",
        >= 0.6 => "about 2 in 3",
        >= 0.45 => "about 1 in 2",
        >= 1e-6 => string.Create(CultureInfo.InvariantCulture, $"about 1 in {Round(1 / belief):#,0}"),
        _ => "less than 1 in a million",
    };

    /// <summary>The same in per cent, with as many figures as mean something: <c>62%</c>, <c>2.1%</c>, <c>0.01%</c>.</summary>
    public static string Percent(double belief) => belief switch
    {
        >= 0.9995 => "over 99.9%",
        >= 0.995 => string.Create(CultureInfo.InvariantCulture, $"{belief * 100:0.0}%"),
        >= 0.095 => string.Create(CultureInfo.InvariantCulture, $"{belief * 100:0}%"),
        >= 0.0095 => string.Create(CultureInfo.InvariantCulture, $"{belief * 100:0.0}%"),
        >= 0.00005 => string.Create(CultureInfo.InvariantCulture, $"{belief * 100:0.00}%"),
        _ => "under 0.01%",
    };

    // 1 in 7 and 1 in 48,000 are worth telling apart from their neighbours; 1 in 48 is said as 1 in 50.
    private static double Round(double number)
    {
        var unit = number switch
        {
            < 10 => 1,
            < 100 => 5,
            _ => Math.Pow(10, Math.Floor(Math.Log10(number)) - 1),
        };
        return Math.Round(number / unit) * unit;
    }
}
