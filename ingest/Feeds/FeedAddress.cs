namespace CivicSignals.Ingest.Feeds;

/// <summary>
/// Which addresses may be asked on behalf of a feed. What a feed's answer says is a stranger's word, so it leads nowhere but to the feed's own
/// host or to one that the operator listed, and never away from TLS, whose certificate proves the host whatever the name leads to.
/// </summary>
internal sealed class FeedAddress(FeedOptions feed)
{
    private readonly Uri _own = feed.Address;
    private readonly string[] _capHosts = feed.CapHosts.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Https, or this machine; without a user.</summary>
    public static bool IsSafe(Uri address) =>
        (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)) && address.UserInfo.Length == 0;

    /// <summary>A host's name, with or without a port.</summary>
    public static bool IsHost(string host) =>
        Uri.TryCreate($"https://{host}/", UriKind.Absolute, out var address) && address.Authority.Equals(host, StringComparison.OrdinalIgnoreCase);

    /// <summary>The feed's own scheme, host and port: here, and nowhere else, it is told who asks.</summary>
    public bool IsOwn(Uri address) => IsSafe(address) && address.Scheme == _own.Scheme && address.Authority == _own.Authority;

    /// <summary>Where a CAP file may lie.</summary>
    public bool MayHoldCap(Uri address) =>
        IsOwn(address) || (IsSafe(address) && address.Scheme == Uri.UriSchemeHttps && _capHosts.Contains(address.Authority, StringComparer.OrdinalIgnoreCase));
}
