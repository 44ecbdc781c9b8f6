namespace CivicSignals.Ingest.Feeds.Cap;

/// <summary>One entry of a feed, with the CAP message that it embeds or leads to.</summary>
internal sealed record CapEntry
{
    /// <summary>Its message, or why it cannot be read.</summary>
    public CapReading Reading { get; init; }

    /// <summary>It leads to no CAP message: an ordinary piece of news.</summary>
    public bool Plain { get; init; }

    /// <summary>Its message could not be fetched now.</summary>
    public bool Missing { get; init; }

    /// <summary>The page that it leads people to, or null.</summary>
    public string? Page { get; init; }

    /// <summary>The shapes that the feed tags it with, as closed rings; may be empty.</summary>
    public IReadOnlyList<IReadOnlyList<(double Lat, double Lon)>> Areas { get; init; } = [];
}
