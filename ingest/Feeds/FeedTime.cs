using System.Globalization;

namespace CivicSignals.Ingest.Feeds;

/// <summary>Times as XML has them.</summary>
internal static class FeedTime
{
    /// <summary>An ISO 8601 time; null when it is none, or has no zone: such a time is an hour wrong for half of the year.</summary>
    public static DateTimeOffset? Read(string? text)
    {
        var trimmed = text?.Trim() ?? "";
        return trimmed is [_, _, _, _, '-', ..] && trimmed.Length is > 16 and < 48 && (trimmed[^1] == 'Z' || trimmed[^6] is '+' or '-')
            && DateTimeOffset.TryParse(trimmed, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time.ToUniversalTime()
            : null;
    }
}
