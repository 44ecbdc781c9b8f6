using System.Globalization;
using System.Net;
using System.Text;

namespace CivicSignals.Dashboard.Deliveries;

/// <summary>
/// A Bluesky account: one record for each alert, replaced in place. Bluesky's own app may go on showing the first version, so how an alert ended is
/// also said in one reply.
/// </summary>
internal sealed class BlueskyAccount : IAccount
{
    private const string Collection = "app.bsky.feed.post";

    // Points (docs.bsky.app, rate limits): 5,000 an hour and 35,000 a day; a record that is made costs 3, one that is replaced 2.
    private const double PointsToMake = 3;
    private const double PointsToReplace = 2;

    private readonly BlueskyOptions _options;
    private readonly Allowance _allowance;
    private readonly BlueskySession _session;

    public BlueskyAccount(BlueskyOptions options, IHttpClientFactory clients, TimeProvider time)
    {
        _allowance = new Allowance(time, (5000, TimeSpan.FromHours(1)), (35_000, TimeSpan.FromDays(1)));
        _session = new BlueskySession(options, new NetworkClient(clients, new Uri(options.Url), _allowance, time));
        _options = options;
    }

    public string Target => _options.Target;

    public TimeSpan Wait => _allowance.WaitFor(PointsToMake + PointsToReplace, PointsToMake + PointsToReplace);

    public async Task<Answer> SignInAsync(CancellationToken cancellation) => (await _session.OpenAsync(cancellation)).Answer();

    public Task<Answer> FindAsync(Post post, int number, CancellationToken cancellation) => FindAsync(Key(post, number), cancellation);

    public async Task<Answer> PostAsync(Post post, int number, CancellationToken cancellation)
    {
        var reply = await PutAsync(Key(post, number), PointsToMake, Record(post), cancellation);
        return reply.Answer(Key(post, number));
    }

    public async Task<Answer> EditAsync(string remote, Post post, CancellationToken cancellation)
    {
        // Replacing would bring back what someone has taken away.
        if (await FindAsync(remote, cancellation) is { Verdict: not Verdict.Done } missing)
            return missing;
        var reply = await PutAsync(remote, PointsToReplace, Record(post), cancellation);
        if (reply.IsDone && post.Ending is { } ending && reply["uri"] is { } uri && reply["cid"] is { } cid)
        {
            var whole = new { uri, cid };
            var key = RecordKey.Of(post.At, $"{post.Alert}/{post.Version}");
            reply = await PutAsync(key, PointsToMake, Reply(ending, post.At, new { root = whole, parent = whole }), cancellation);
        }

        return reply.Answer(remote);
    }

    private async Task<Answer> FindAsync(string key, CancellationToken cancellation)
    {
        var reply = await _session.AskAsync(
            HttpMethod.Get, $"/xrpc/com.atproto.repo.getRecord?repo={Uri.EscapeDataString(_session.Did)}&collection={Collection}&rkey={key}", () => null, cancellation);
        return reply.Status == HttpStatusCode.BadRequest && reply["error"] == "RecordNotFound" ? new Answer(Verdict.Gone, Why: reply.Why) : reply.Answer(key);
    }

    private Task<NetworkReply> PutAsync(string key, double points, object record, CancellationToken cancellation)
    {
        _allowance.Spend(points, points);
        return _session.AskAsync(
            HttpMethod.Post, "/xrpc/com.atproto.repo.putRecord", () => new { repo = _session.Did, collection = Collection, rkey = key, record }, cancellation);
    }

    private static string Key(Post post, int number) => RecordKey.Of(post.FirstSentAt, number == 1 ? post.Alert : $"{post.Alert}#{number}");

    private static Dictionary<string, object> Record(Post post)
    {
        var record = Text(post.Text, post.FirstSentAt);
        var start = Encoding.UTF8.GetByteCount(post.Text.AsSpan(0, post.Text.LastIndexOf(post.Link, StringComparison.Ordinal)));
        record["facets"] = new object[]
        {
            new
            {
                index = new { byteStart = start, byteEnd = start + Encoding.UTF8.GetByteCount(post.Link) },
                features = new object[] { new Dictionary<string, object> { ["$type"] = "app.bsky.richtext.facet#link", ["uri"] = post.Link } },
            },
        };
        return record;
    }

    private static Dictionary<string, object> Reply(string text, DateTimeOffset at, object reply)
    {
        var record = Text(text, at);
        record["reply"] = reply;
        return record;
    }

    private static Dictionary<string, object> Text(string text, DateTimeOffset at) => new()
    {
        ["$type"] = Collection,
        ["text"] = text,
        ["createdAt"] = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        ["langs"] = new[] { "en" },
    };
}
