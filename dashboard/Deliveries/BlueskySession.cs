using System.Net;

namespace CivicSignals.Dashboard.Deliveries;

/// <summary>
/// Signed in at a personal data server. Access tokens last minutes to hours, so an expired one is renewed by the refresh token, and by the app
/// password only when that has ended too: servers allow few sign-ins (30 in 5 minutes, 300 a day).
/// </summary>
internal sealed class BlueskySession(BlueskyOptions options, NetworkClient client)
{
    private string? _access;
    private string? _refresh;

    /// <summary>The account's permanent name (DID), once it is signed in.</summary>
    public string Did { get; private set; } = "";

    /// <summary>Signs in by the app password.</summary>
    public async Task<NetworkReply> OpenAsync(CancellationToken cancellation)
    {
        var who = new { identifier = options.Handle, password = options.AppPassword };
        return Take(await client.SendAsync(HttpMethod.Post, "/xrpc/com.atproto.server.createSession", null, who, cancellation)).OfSignIn();
    }

    /// <summary>Asks as the account, once it is signed in; renews the session once when it has ended.</summary>
    public async Task<NetworkReply> AskAsync(HttpMethod method, string path, Func<object?> body, CancellationToken cancellation)
    {
        var reply = await client.SendAsync(method, path, _access, body(), cancellation);
        if (!HasEnded(reply))
            return reply;
        if (await RenewAsync(cancellation) is { IsDone: false } failed)
            return failed;
        reply = await client.SendAsync(method, path, _access, body(), cancellation);
        return HasEnded(reply) ? reply.OfSignIn() : reply;
    }

    private async Task<NetworkReply> RenewAsync(CancellationToken cancellation)
    {
        var reply = Take(await client.SendAsync(HttpMethod.Post, "/xrpc/com.atproto.server.refreshSession", _refresh, null, cancellation));
        return HasEnded(reply) ? await OpenAsync(cancellation) : reply.OfSignIn();
    }

    private NetworkReply Take(NetworkReply reply)
    {
        if (!reply.IsDone)
            return reply;
        if (Word(reply["accessJwt"]) is not { } access || Word(reply["refreshJwt"]) is not { } refresh || Word(reply["did"]) is not { } did)
            return new NetworkReply(0, default, "the session lacks its tokens");
        (_access, _refresh, Did) = (access, refresh, did);
        return reply;
    }

    /// <summary>What may stand in a header, or null.</summary>
    private static string? Word(string? text) => text is { Length: > 0 } && text.All(c => c is > ' ' and < (char)127) ? text : null;

    /// <summary>Servers say 400 where others say 401.</summary>
    private static bool HasEnded(NetworkReply reply) =>
        reply.Status == HttpStatusCode.Unauthorized || (reply.Status == HttpStatusCode.BadRequest && reply["error"] is "ExpiredToken" or "InvalidToken");
}
