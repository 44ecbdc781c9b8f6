using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CivicSignals.Dashboard.Deliveries;

/// <summary>A Mastodon account: one status for each alert, edited in place, which Mastodon shows as edited.</summary>
internal sealed class MastodonAccount : IAccount
{
    /// <summary>Requests that posting may need: one to look, one to post.</summary>
    private const double RequestsEach = 2;

    private const int LongestId = 64;

    private readonly MastodonOptions _options;
    private readonly Allowance _allowance;
    private readonly NetworkClient _client;
    private string _id = "";

    public MastodonAccount(MastodonOptions options, IHttpClientFactory clients, TimeProvider time)
    {
        // 300 requests in 5 minutes (docs.joinmastodon.org, rate limits); 300 posts and edits in 3 hours (mastodon/mastodon app/lib/rate_limiter.rb).
        _allowance = new Allowance(time, (300, TimeSpan.FromMinutes(5)), (300, TimeSpan.FromHours(3)));
        _client = new NetworkClient(clients, new Uri(options.Url), _allowance, time);
        _options = options;
    }

    public string Target => _options.Target;

    public TimeSpan Wait => _allowance.WaitFor(RequestsEach, 1);

    public async Task<Answer> SignInAsync(CancellationToken cancellation)
    {
        var reply = await AskAsync(HttpMethod.Get, "/api/v1/accounts/verify_credentials", null, cancellation);
        if (reply.IsDone && reply["id"] is { Length: > 0 and <= LongestId } id)
            _id = id;
        else if (reply.IsDone)
            return new Answer(Verdict.Failed, Why: "the account has no id");
        return reply.OfSignIn().Answer();
    }

    /// <summary>Among the account's newest 40, which is all that the server gives at once: the one that links to the alert's page.</summary>
    public async Task<Answer> FindAsync(Post post, int number, CancellationToken cancellation)
    {
        var reply = await AskAsync(HttpMethod.Get, $"/api/v1/accounts/{Uri.EscapeDataString(_id)}/statuses?limit=40&exclude_reblogs=true", null, cancellation);
        if (!reply.IsDone || reply.Body.ValueKind != JsonValueKind.Array)
            return reply.IsDone ? new Answer(Verdict.Failed, Why: "the account's posts are no list") : reply.OfSignIn().Answer();
        var href = $"href=\"{WebUtility.HtmlEncode(post.Link)}\"";
        foreach (var status in reply.Body.EnumerateArray())
        {
            var said = new NetworkReply(reply.Status, status, reply.Why);
            if (said["content"]?.Contains(href, StringComparison.Ordinal) == true && said["id"] is { Length: > 0 and <= LongestId } id)
                return new Answer(Verdict.Done, id);
        }

        return new Answer(Verdict.Gone);
    }

    public async Task<Answer> PostAsync(Post post, int number, CancellationToken cancellation)
    {
        _allowance.Spend(0, 1);
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Target}\n{post.Alert}\n{number}")));
        var reply = await AskAsync(HttpMethod.Post, "/api/v1/statuses", new { status = post.Text, visibility = _options.Visibility, language = "en" }, cancellation, key);
        return reply.IsDone && reply["id"] is not { Length: > 0 and <= LongestId }
            ? new Answer(Verdict.Failed, Why: "the post has no id")
            : reply.Answer(reply["id"] ?? "");
    }

    public async Task<Answer> EditAsync(string remote, Post post, CancellationToken cancellation)
    {
        _allowance.Spend(0, 1);
        var reply = await AskAsync(HttpMethod.Put, $"/api/v1/statuses/{Uri.EscapeDataString(remote)}", new { status = post.Text, language = "en" }, cancellation);
        return reply.Answer(remote);
    }

    private Task<NetworkReply> AskAsync(HttpMethod method, string path, object? body, CancellationToken cancellation, string? key = null)
    {
        _allowance.Spend(1, 0);
        return _client.SendAsync(method, path, _options.AccessToken, body, cancellation, key);
    }
}
