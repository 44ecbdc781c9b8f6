using System.Net;

namespace CivicSignals.Ingest.Posts;

/// <summary>Which addresses a stream may be read from.</summary>
internal static class StreamAddress
{
    /// <summary>An operator's address; null: it is none, or it is neither encrypted nor on this machine.</summary>
    public static Uri? Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.UserInfo.Length > 0 || address.Fragment.Length > 0)
            return null;
        var allowed = address.Scheme is "https" or "wss" || (address.Scheme is "http" or "ws" && IsHere(address));
        return allowed ? address : null;
    }

    /// <summary>The same place by HTTP.</summary>
    public static Uri Http(this Uri address, string pathAndQuery) =>
        new($"{(address.Scheme is "wss" or "https" ? "https" : "http")}://{address.Authority}{pathAndQuery}");

    /// <summary>The same place by WebSocket.</summary>
    public static Uri Socket(this Uri address, string pathAndQuery) =>
        new($"{(address.Scheme is "wss" or "https" ? "wss" : "ws")}://{address.Authority}{pathAndQuery}");

    private static bool IsHere(Uri address) =>
        address.Host == "localhost" || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
}
