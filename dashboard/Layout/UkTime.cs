using System.Globalization;

namespace CivicSignals.Dashboard.Layout;

/// <summary>Moments as people in the UK say them. Text only: nothing here is read back by machines.</summary>
public static class UkTime
{
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    /// <summary><c>12:03pm on Tuesday 24 November 2026, UK winter time (GMT)</c>.</summary>
    public static string Full(DateTimeOffset moment) => Format(moment, "h:mm'{0}' 'on' dddd d MMMM yyyy") + ", " + Zone(moment);

    /// <summary><c>12:03pm on Tuesday 24 November</c>, for lists that name the zone once.</summary>
    public static string Day(DateTimeOffset moment) => Format(moment, "h:mm'{0}' 'on' dddd d MMMM");

    /// <summary><c>12:03</c>, on the 24 hour clock that control rooms use.</summary>
    public static string Clock(DateTimeOffset moment) => Local(moment).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary><c>24 Nov, 12:03:09</c>, for logs.</summary>
    public static string Log(DateTimeOffset moment) => Local(moment).ToString("d MMM, HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary><c>UK winter time (GMT)</c> or <c>UK summer time (BST)</c>.</summary>
    public static string Zone(DateTimeOffset moment) =>
        London.IsDaylightSavingTime(moment) ? "UK summer time (BST)" : "UK winter time (GMT)";

    /// <summary>For <c>datetime</c> attributes: UTC, to the second.</summary>
    public static string Machine(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>How long: <c>less than a minute</c>, <c>12 min</c>, <c>3 h 05 min</c>, <c>2 days</c>.</summary>
    public static string Age(TimeSpan age) => age.TotalMinutes switch
    {
        < 1 => "less than a minute",
        < 60 => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalMinutes} min"),
        < 1440 => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalHours} h {age.Minutes:00} min"),
        < 2880 => "1 day",
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalDays} days"),
    };

    private static string Format(DateTimeOffset moment, string format)
    {
        var local = Local(moment);
        return string.Format(CultureInfo.InvariantCulture, local.ToString(format, CultureInfo.InvariantCulture), local.Hour < 12 ? "am" : "pm");
    }

    private static DateTimeOffset Local(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, London);
}
