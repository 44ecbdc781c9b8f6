namespace CivicSignals.Dashboard.Deliveries;

/// <summary>One Bluesky account.</summary>
public sealed class BlueskyOptions
{
    /// <summary>Address of its personal data server: https, or http on loopback. Default <c>https://bsky.social</c>.</summary>
    public string Url { get; set; } = "https://bsky.social";

    /// <summary>The account's handle, without @.</summary>
    public string Handle { get; set; } = "";

    /// <summary>An app password of the account.</summary>
    public string AppPassword { get; set; } = "";

    /// <summary>Slugs of the neighbourhoods that it speaks for, separated by blanks. Default empty: all, and what lies outside all.</summary>
    public string Neighbourhoods { get; set; } = "";

    /// <summary>How the account is known to the platform; must not change while alerts are open.</summary>
    internal string Target => $"bluesky/{Handle}";
}
