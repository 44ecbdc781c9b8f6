using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace CivicSignals.Dashboard.Api;

/// <summary>Reads query parameters. An absent or empty one is null; the first wrong one is told in <see cref="Wrong"/>.</summary>
internal sealed class QueryReader(IQueryCollection query)
{
    /// <summary>What is wrong and what would be right; null: nothing is wrong.</summary>
    public string? Wrong { get; private set; }

    public bool? Flag(string name) => query[name].ToString() switch
    {
        "" => null,
        "true" => true,
        "false" => false,
        _ => Refuse<bool>($"{name} must be true or false."),
    };

    public DateTimeOffset? Time(string name)
    {
        var text = query[name].ToString();
        if (text.Length == 0)
            return null;
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return char.IsAsciiDigit(text[0]) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out var time)
            ? time
            : Refuse<DateTimeOffset>($"{name} must be an ISO 8601 time, such as 2026-01-10T08:00:00Z.");
    }

    public long? Number(string name, long lowest, long highest)
    {
        var text = query[name].ToString();
        if (text.Length == 0)
            return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= lowest && number <= highest
            ? number
            : Refuse<long>(string.Create(CultureInfo.InvariantCulture, $"{name} must be a whole number, {lowest}..{highest}."));
    }

    public BoundingBox? Box(string name)
    {
        var text = query[name].ToString();
        if (text.Length == 0)
            return null;
        return BoundingBox.TryParse(text, out var box) ? box : Refuse<BoundingBox>($"{name} must be west,south,east,north in degrees.");
    }

    private T? Refuse<T>(string wrong)
        where T : struct
    {
        Wrong ??= wrong;
        return null;
    }
}
