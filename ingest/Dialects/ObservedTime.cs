using System.Text.Json;

namespace CivicSignals.Ingest.Dialects;

/// <summary>Which of a source's times are believed.</summary>
internal static class ObservedTime
{
    private const double MaxUnixSeconds = 1e11;

    private static readonly TimeSpan Oldest = TimeSpan.FromHours(24);
    private static readonly TimeSpan Newest = TimeSpan.FromMinutes(5);

    /// <summary>The source's time when it lies within a day before and five minutes after receipt; else the receipt time.</summary>
    public static DateTimeOffset Or(this DateTimeOffset? observed, DateTimeOffset receivedAt) => observed.Believed(receivedAt) ?? receivedAt;

    /// <summary>The source's time when it lies within a day before and five minutes after receipt; else null.</summary>
    public static DateTimeOffset? Believed(this DateTimeOffset? observed, DateTimeOffset receivedAt) =>
        observed >= receivedAt - Oldest && observed <= receivedAt + Newest ? observed : null;

    /// <summary>
    /// Reads an ISO 8601 time that a reader stands on; null when it is none, or has no zone: such a time is an hour wrong for half of the year.
    /// </summary>
    public static DateTimeOffset? Zoned(ref Utf8JsonReader value)
    {
        if (value.TokenType != JsonTokenType.String || !HasZone(value.ValueSpan))
            return null;
        return value.TryGetDateTimeOffset(out var time) ? time.ToUniversalTime() : null;
    }

    /// <summary>Reads Unix seconds that a reader stands on; null when they are none, as from a clock that was not set yet.</summary>
    public static DateTimeOffset? UnixSeconds(ref Utf8JsonReader value) =>
        value.TokenType == JsonTokenType.Number && value.TryGetDouble(out var seconds) && seconds is > 0 and < MaxUnixSeconds
            ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
            : null;

    private static bool HasZone(ReadOnlySpan<byte> text) => text is [.., (byte)'Z'] || (text.Length > 16 && text[^6] is (byte)'+' or (byte)'-');
}
