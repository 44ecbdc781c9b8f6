namespace CivicSignals.Dashboard.Deliveries;

/// <summary>The accounts that public alerts are posted to. Section <c>Deliveries</c>. None of it is ever logged or shown but hosts and names.</summary>
public sealed class DeliveryOptions
{
    /// <summary>Mastodon accounts. Default none.</summary>
    public IReadOnlyList<MastodonOptions> Mastodon { get; set; } = [];

    /// <summary>Bluesky accounts. Default none.</summary>
    public IReadOnlyList<BlueskyOptions> Bluesky { get; set; } = [];
}
