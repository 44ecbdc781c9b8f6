using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CivicSignals.Tests.Dashboard.Deliveries;

/// <summary>One status as it stands.</summary>
internal sealed record Status(string Id, string Text, string Visibility, string Language)
{
    public int Edits { get; init; }
}

/// <summary>As much of Mastodon's API as an account needs that posts and edits.</summary>
internal sealed class MastodonServer(TimeProvider time) : NetworkServer(time)
{
    public const string Token = "mastodon-secret-token";
    private readonly Lock _gate = new();
    private readonly List<Status> _statuses = [];
    private readonly Dictionary<string, string> _idempotent = [];
    private readonly List<DateTimeOffset> _writes = [];
    private readonly TimeProvider _time = time;
    private int _made;

    public IReadOnlyList<Status> Statuses
    {
        get
        {
            lock (_gate)
                return [.. _statuses];
        }
    }

    /// <summary>When each status was made or edited.</summary>
    public IReadOnlyList<DateTimeOffset> Writes
    {
        get
        {
            lock (_gate)
                return [.. _writes];
        }
    }

    /// <summary>How many statuses were ever made.</summary>
    public int Made => Volatile.Read(ref _made);

    public static async Task<MastodonServer> StartAsync(TimeProvider time)
    {
        var server = new MastodonServer(time);
        await server.RunAsync();
        return server;
    }

    /// <summary>Someone deletes a status.</summary>
    public void Delete(string id)
    {
        lock (_gate)
            _statuses.RemoveAll(status => status.Id == id);
    }

    /// <summary>An hour has passed.</summary>
    public void ForgetIdempotencyKeys()
    {
        lock (_gate)
            _idempotent.Clear();
    }

    protected override bool IsWrite(HttpRequest request) => request.Method != "GET";

    protected override void Map(WebApplication app)
    {
        app.Use((context, next) =>
        {
            if (context.Request.Headers.Authorization == $"Bearer {Token}")
                return next(context);
            context.Response.StatusCode = 401;
            return context.Response.WriteAsJsonAsync(new { error = "The access token is invalid" });
        });
        app.MapGet("/api/v1/accounts/verify_credentials", () => Results.Json(new { id = "7", username = "alerts" }));
        app.MapGet("/api/v1/accounts/7/statuses", () => Results.Json(Statuses.Reverse().Take(40).Select(Shown)));
        app.MapPost("/api/v1/statuses", (HttpRequest request, JsonElement body) => Post(request.Headers["Idempotency-Key"].ToString(), body));
        app.MapPut("/api/v1/statuses/{id}", Edit);
    }

    private static object Shown(Status status)
    {
        var lines = status.Text.Split('\n');
        var content = $"<p>{string.Join("<br />", lines[..^1].Select(WebUtility.HtmlEncode))}<br /><a href=\"{lines[^1]}\" rel=\"nofollow\">{lines[^1][8..]}</a></p>";
        return new { id = status.Id, content, visibility = status.Visibility, edited_at = (string?)null };
    }

    private IResult Post(string key, JsonElement body)
    {
        lock (_gate)
        {
            if (_idempotent.TryGetValue(key, out var known))
                return Results.Json(Shown(_statuses.Single(status => status.Id == known)));
            var text = body.GetProperty("status").GetString()!;
            if (text.Length > 500)
                return Results.UnprocessableEntity();
            var made = new Status($"11{++_made:0000}", text, body.GetProperty("visibility").GetString()!, body.GetProperty("language").GetString()!);
            _statuses.Add(made);
            _writes.Add(_time.GetUtcNow());
            _idempotent[key] = made.Id;
            return Results.Json(Shown(made));
        }
    }

    private IResult Edit(string id, JsonElement body)
    {
        lock (_gate)
        {
            var at = _statuses.FindIndex(status => status.Id == id);
            if (at < 0)
                return Results.NotFound();
            _writes.Add(_time.GetUtcNow());
            var text = body.GetProperty("status").GetString()!;
            if (text != _statuses[at].Text)
                _statuses[at] = _statuses[at] with { Text = text, Edits = _statuses[at].Edits + 1 };
            return Results.Json(Shown(_statuses[at]));
        }
    }
}
