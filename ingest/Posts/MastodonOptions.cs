using Microsoft.Extensions.Options;

namespace CivicSignals.Ingest.Posts;

/// <summary>Mastodon servers that agreed to be read. Section <c>Mastodon</c>.</summary>
public sealed class MastodonOptions
{
    /// <summary>One stream each. Default none.</summary>
    public IList<MastodonServer> Servers { get; } = [];
}

/// <summary>One stream of one Mastodon server. Section <c>Mastodon:Servers:0</c> and so on.</summary>
public sealed class MastodonServer
{
    /// <summary>The server's address, without a path: <c>https://town.example</c>. Without encryption only on this machine.</summary>
    public string Url { get; set; } = "";

    /// <summary>Address of its streaming service, where that is another. Default empty: <see cref="Url"/>.</summary>
    public string StreamingUrl { get; set; } = "";

    /// <summary>Token of an account on that server with the scope <c>read:statuses</c>. A secret.</summary>
    public string AccessToken { get; set; } = "";

    /// <summary><c>public</c>, <c>public:local</c> or <c>hashtag</c>. Default public:local: what the server itself may agree to.</summary>
    public string Stream { get; set; } = "public:local";

    /// <summary>Which hashtag, without #, for the stream <c>hashtag</c>.</summary>
    public string Tag { get; set; } = "";

    /// <summary><c>sse</c> (server-sent events) or <c>websocket</c>. Default sse.</summary>
    public string Transport { get; set; } = "sse";
}

internal sealed class MastodonOptionsValidator : IValidateOptions<MastodonOptions>
{
    public ValidateOptionsResult Validate(string? name, MastodonOptions options)
    {
        var problems = options.Servers.SelectMany((server, i) => Problems(server).Select(problem => $"Mastodon:Servers:{i}:{problem}")).ToList();
        if (options.Servers.DistinctBy(server => (server.Url, server.Stream, server.Tag)).Count() < options.Servers.Count)
            problems.Add("Mastodon:Servers: one stream is there twice");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Problems(MastodonServer server)
    {
        if (!IsServer(server.Url))
            yield return $"Url is '{server.Url}'; expected https://host";
        if (server.StreamingUrl.Length > 0 && !IsServer(server.StreamingUrl))
            yield return $"StreamingUrl is '{server.StreamingUrl}'; expected https://host or wss://host";
        if (server.AccessToken.Length == 0 || server.AccessToken.Any(c => !char.IsAscii(c) || char.IsControl(c) || c == ' '))
            yield return "AccessToken is missing or no token; servers since 4.2 stream to their own accounts only";
        if (server.Stream is not ("public" or "public:local" or "hashtag"))
            yield return $"Stream is '{server.Stream}'; expected public, public:local or hashtag";
        if (server.Stream == "hashtag" && (server.Tag.Length is 0 or > 100 || !server.Tag.All(c => char.IsLetterOrDigit(c) || c == '_')))
            yield return $"Tag is '{server.Tag}'; expected letters and digits, without #";
        if (server.Transport is not ("sse" or "websocket"))
            yield return $"Transport is '{server.Transport}'; expected sse or websocket";
    }

    private static bool IsServer(string url) => StreamAddress.Parse(url) is { PathAndQuery: "/" };
}
