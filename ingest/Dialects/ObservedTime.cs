namespace CivicSignals.Ingest.Dialects;

/// <summary>Which of a source's times are believed.</summary>
internal static class ObservedTime
{
    private static readonly TimeSpan Oldest = TimeSpan.FromHours(24);
    private static readonly TimeSpan Newest = TimeSpan.FromMinutes(5);

    /// <summary>The source's time when it lies within a day before and five minutes after receipt; else the receipt time.</summary>
    public static DateTimeOffset Or(this DateTimeOffset? observed, DateTimeOffset receivedAt) => observed.Believed(receivedAt) ?? receivedAt;

    /// <summary>The source's time when it lies within a day before and five minutes after receipt; else null.</summary>
    public static DateTimeOffset? Believed(this DateTimeOffset? observed, DateTimeOffset receivedAt) =>
        observed >= receivedAt - Oldest && observed <= receivedAt + Newest ? observed : null;
}
