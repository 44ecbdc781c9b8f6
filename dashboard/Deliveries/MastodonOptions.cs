namespace CivicSignals.Dashboard.Deliveries;

/// <summary>One Mastodon account.</summary>
public sealed class MastodonOptions
{
    /// <summary>Address of its server: https, or http on loopback.</summary>
    public string Url { get; set; } = "";

    /// <summary>The account's name, needed only to tell several of one server apart. Default empty.</summary>
    public string Account { get; set; } = "";

    /// <summary>An access token of the account with the scopes <c>read:accounts read:statuses write:statuses</c>.</summary>
    public string AccessToken { get; set; } = "";

    /// <summary>Slugs of the neighbourhoods that it speaks for, separated by blanks. Default empty: all, and what lies outside all.</summary>
    public string Neighbourhoods { get; set; } = "";

    /// <summary>
    /// Who sees the posts: <c>public</c>, <c>unlisted</c> or <c>private</c> (followers). Default <c>unlisted</c>: followers and visitors, not the
    /// server's timelines, where an automated account would be in the way.
    /// </summary>
    public string Visibility { get; set; } = "unlisted";

    /// <summary>How the account is known to the platform; must not change while alerts are open.</summary>
    internal string Target => Account.Length == 0 ? $"mastodon/{new Uri(Url).Authority}" : $"mastodon/{new Uri(Url).Authority}/{Account}";
}
