namespace CivicSignals.Ingest.Silence;

/// <summary>Which gateways this machine hears, and so may find silent.</summary>
internal interface IWatched
{
    /// <summary>Since when it hears a gateway's messages; null: another machine does.</summary>
    DateTimeOffset? Since(string gateway);
}

/// <summary>A machine of its own hears all of them, since it started.</summary>
internal sealed class AllWatched(TimeProvider time) : IWatched
{
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();

    public DateTimeOffset? Since(string gateway) => _startedAt;
}
