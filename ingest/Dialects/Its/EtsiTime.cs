namespace CivicSignals.Ingest.Dialects.Its;

/// <summary>Times of its-client: Unix milliseconds in the envelope, milliseconds since 2004 in the message.</summary>
internal static class EtsiTime
{
    private const long MaxUnixMs = 253_402_300_799_999;
    private const long EpochMs = 1_072_915_200_000;

    /// <summary>Publishers disagree on counting leap seconds since 2004 (5 s in 2026); their clocks differ besides.</summary>
    private static readonly TimeSpan SameMoment = TimeSpan.FromSeconds(10);

    public static DateTimeOffset? FromUnix(long? ms) => ms is >= 0 and <= MaxUnixMs ? DateTimeOffset.FromUnixTimeMilliseconds(ms.Value) : null;

    /// <summary>A time of the message; the envelope's where both mean the same moment, for only that is without doubt.</summary>
    public static DateTimeOffset? FromEtsi(long? ms, DateTimeOffset? envelope)
    {
        if (ms is not (>= 0 and <= MaxUnixMs - EpochMs))
            return null;
        var time = DateTimeOffset.FromUnixTimeMilliseconds(ms.Value + EpochMs);
        return envelope is { } sent && (time - sent).Duration() <= SameMoment ? sent : time;
    }
}
