using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CivicSignals.Tests.Dashboard.Deliveries;

/// <summary>As much of a personal data server as an account needs that posts and replaces; sessions end when they are told to.</summary>
internal sealed class BlueskyServer(TimeProvider time) : NetworkServer(time)
{
    public const string Handle = "alerts.example.org";
    public const string Password = "abcd-efgh-ijkl-mnop";
    private const string Did = "did:plc:abc123";
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, JsonElement> _records = new(StringComparer.Ordinal);
    private readonly List<(DateTimeOffset At, int Points)> _spent = [];
    private readonly TimeProvider _time = time;
    private int _session;
    private int _refreshable;

    public int SignIns { get; private set; }

    public int Refreshes { get; private set; }

    /// <summary>Posts that are no replies, by key.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonElement>> Posts => Of(isReply: false);

    /// <summary>Replies, by key.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonElement>> Replies => Of(isReply: true);

    /// <summary>Points spent, with their moments.</summary>
    public IReadOnlyList<(DateTimeOffset At, int Points)> Spent
    {
        get
        {
            lock (_gate)
                return [.. _spent];
        }
    }

    public static async Task<BlueskyServer> StartAsync(TimeProvider time)
    {
        var server = new BlueskyServer(time);
        await server.RunAsync();
        return server;
    }

    /// <summary>The access token ends; the refresh token too when asked.</summary>
    public void EndSession(bool forGood = false)
    {
        lock (_gate)
        {
            _session++;
            _refreshable = forGood ? -1 : _refreshable;
        }
    }

    /// <summary>Someone deletes a post.</summary>
    public void Delete(string key)
    {
        lock (_gate)
            _records.Remove(key);
    }

    protected override bool IsWrite(HttpRequest request) => request.Path.Value!.EndsWith("Record", StringComparison.Ordinal) && request.Method == "POST";

    protected override void Map(WebApplication app)
    {
        app.MapPost("/xrpc/com.atproto.server.createSession", SignIn);
        app.MapPost("/xrpc/com.atproto.server.refreshSession", Refresh);
        app.MapPost("/xrpc/com.atproto.repo.putRecord", (HttpRequest request, JsonElement body) => As(request, () => Put(body)));
        app.MapGet("/xrpc/com.atproto.repo.getRecord", (HttpRequest request, string rkey) => As(request, () =>
            _records.TryGetValue(rkey, out var value) ? Results.Json(Named(rkey, value)) : Error("RecordNotFound")));
    }

    private static IResult Error(string error, int status = 400) => Results.Json(new { error, message = error }, statusCode: status);

    private static object Named(string key, JsonElement value) => new
    {
        uri = $"at://{Did}/app.bsky.feed.post/{key}",
        cid = $"bafy{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value.GetRawText())))}",
        value,
    };

    private IReadOnlyList<KeyValuePair<string, JsonElement>> Of(bool isReply)
    {
        lock (_gate)
            return [.. _records.Where(record => record.Value.TryGetProperty("reply", out _) == isReply)];
    }

    private IResult SignIn(JsonElement body)
    {
        lock (_gate)
        {
            SignIns++;
            if (body.GetProperty("identifier").GetString() != Handle || body.GetProperty("password").GetString() != Password)
                return Error("AuthenticationRequired", 401);
            return Session();
        }
    }

    private IResult Refresh(HttpRequest request)
    {
        lock (_gate)
        {
            Refreshes++;
            return _refreshable >= 0 && request.Headers.Authorization == $"Bearer refresh-{_refreshable}" ? Session() : Error("ExpiredToken");
        }
    }

    private IResult Session()
    {
        _refreshable = ++_session;
        return Results.Json(new { accessJwt = $"access-{_session}", refreshJwt = $"refresh-{_session}", did = Did, handle = Handle });
    }

    private IResult As(HttpRequest request, Func<IResult> act)
    {
        lock (_gate)
            return request.Headers.Authorization == $"Bearer access-{_session}" ? act() : Error("ExpiredToken");
    }

    private IResult Put(JsonElement body)
    {
        var key = body.GetProperty("rkey").GetString()!;
        var record = body.GetProperty("record").Clone();
        if (body.GetProperty("repo").GetString() != Did || body.GetProperty("collection").GetString() != "app.bsky.feed.post")
            return Error("InvalidRequest");
        if (!System.Text.RegularExpressions.Regex.IsMatch(key, "^[234567a-j][234567a-z]{12}$") || record.GetProperty("$type").GetString() != "app.bsky.feed.post")
            return Error("InvalidRequest");
        _spent.Add((_time.GetUtcNow(), _records.ContainsKey(key) ? 2 : 3));
        _records[key] = record;
        return Results.Json(Named(key, record));
    }
}
