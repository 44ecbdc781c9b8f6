using System.Text.Json;
using CivicSignals.Tests.Ingest;

namespace CivicSignals.Tests.Replay;

/// <summary>Recorded posts through the real decoders, gazetteer, areas and ledger.</summary>
public sealed class PostReplayTests : IDisposable
{
    private const string Fire = "Huge fire on Elm Rd, smoke coming out of the flats";
    private const string Gazetteer = "name,lat,lon,radius_m\nElm Road,53.0467,-2.9926,150\nWrexham,53.0466,-2.9925,3000\n";

    private readonly Recording _recording = new();

    public void Dispose() => _recording.Dispose();

    [Fact]
    public async Task Replay_PostsWhereAnAlarmSounds_AreOneVoiceThatCanBeTakenBack()
    {
        Alarms();
        Bluesky(3, "alice", "create", "app.bsky.feed.post", "1", $$"""{"$type":"app.bsky.feed.post","createdAt":"2026-01-10T08:03:00Z","langs":["en"],"text":"{{Fire}}"}""");
        Bluesky(4, "bob", "create", "app.bsky.feed.repost", "2", """{"$type":"app.bsky.feed.repost","createdAt":"2026-01-10T08:04:00Z","subject":{"cid":"bafyreia","uri":"at://did:plc:alice/app.bsky.feed.post/1"}}""");
        Bluesky(5, "alice", "delete", "app.bsky.feed.post", "1", null);

        var lines = await PlayAsync();

        var incidents = lines.Of("incident").ToList();
        var before = LnOdds(incidents[^2]);
        Assert.Equal(0.8, LnOdds(incidents[^1]) - before, 1);
        Assert.Equal(["post.fire"], incidents[^1].GetProperty("evidence").EnumerateArray().Select(piece => piece.Text("kind")).Where(kind => kind.StartsWith("post", StringComparison.Ordinal)));
        Assert.Equal((5, 4, 1), (lines[^1].Count("received") - 1, lines[^1].Count("evidence"), lines[^1].Count("repeated")));
        Assert.DoesNotContain("alice", string.Join('\n', lines.Select(line => line.GetRawText())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_PostTakenBack_CountsNothingForWhatComesAfter()
    {
        Alarms();
        Bluesky(3, "alice", "create", "app.bsky.feed.post", "1", $$"""{"$type":"app.bsky.feed.post","createdAt":"2026-01-10T08:03:00Z","text":"{{Fire}}"}""");
        Bluesky(4, "alice", "delete", "app.bsky.feed.post", "1", null);
        _recording.Operator(5, "confirm");

        var last = (await PlayAsync()).Of("incident").Last();

        var post = Assert.Single(last.GetProperty("evidence").EnumerateArray(), piece => piece.Text("kind") == "post.fire");
        Assert.Equal(0, post.GetProperty("lnLr").GetDouble());
    }

    [Fact]
    public async Task Replay_MastodonStatusEditedAndDeleted_IsFollowed()
    {
        Alarms();
        Mastodon(3, "update", Status("114000000000000001", "<p>Smoke coming out of the flats on <a href=\\\"https://m.example/tags/ElmRd\\\">#ElmRd</a></p>"));
        Mastodon(4, "status.update", Status("114000000000000001", "<p>Flames coming from the flats on Elm Road</p>"));
        Mastodon(5, "delete", "\"114000000000000001\"");

        var lines = await PlayAsync();

        Assert.Equal("post.fire", lines.Of("incident").Last().GetProperty("evidence").EnumerateArray().Select(piece => piece.Text("kind")).Last());
        Assert.Equal((4, 1, 0), (lines[^1].Count("evidence"), lines[^1].Count("repeated"), lines[^1].Count("rejected")));
    }

    [Fact]
    public async Task Replay_PostsAlone_OpenNothing()
    {
        Bluesky(3, "alice", "create", "app.bsky.feed.post", "1", $$"""{"$type":"app.bsky.feed.post","createdAt":"2026-01-10T08:03:00Z","text":"{{Fire}}"}""");
        var lines = await PlayAsync();
        Assert.Equal((1, 1), (lines[^1].Count("received"), lines[^1].Count("ambient")));
        Assert.Empty(lines.Of("incident"));
    }

    [Fact]
    public async Task Replay_RealFrames_AreAllAccountedFor()
    {
        var count = 0;
        foreach (var frame in File.ReadLines(Shared.File("data/fixtures/jetstream_v1_window_20260704.jsonl")).Concat(File.ReadLines(Shared.File("data/fixtures/jetstream_v1_golden10.jsonl"))))
        {
            _recording.Line($$"""{"at":"2026-01-10T08:00:{{count++ / 10:00}}.000Z","via":"bluesky","frame":{{frame}}}""");
        }

        var summary = (await PlayAsync())[^1];

        Assert.Equal((count, 0, 0), (summary.Count("received"), summary.Count("rejected"), summary.Count("failed")));
        Assert.True(summary.Balances());
    }

    private void Alarms() => _recording.Describe(0, "gw1").Smoke(1, "gw1").Heat(2, "gw1");

    private void Bluesky(int minute, string author, string operation, string collection, string key, string? record) => _recording.Line(
        $$$"""{"at":"2026-01-10T08:0{{{minute}}}:00.000Z","via":"bluesky","frame":{"did":"did:plc:{{{author}}}","time_us":{{{1768032000000000 + (minute * 60_000_000L)}}},"kind":"commit","commit":{"rev":"3mmoojpaqkn2{{{minute}}}","operation":"{{{operation}}}","collection":"{{{collection}}}","rkey":"{{{key}}}"{{{(record is null ? "" : $",\"record\":{record},\"cid\":\"bafyreia\"")}}} } } }""");

    private void Mastodon(int minute, string name, string payload) =>
        _recording.Line($$"""{"at":"2026-01-10T08:0{{minute}}:00.000Z","via":"mastodon","event":"{{name}}","payload":{{payload}}}""");

    private static string Status(string id, string content) => $$"""
        {"id":"{{id}}","created_at":"2026-01-10T08:01:02.000Z","in_reply_to_id":null,"sensitive":false,"spoiler_text":"","visibility":"public","language":"en","uri":"https://m.example/users/a/statuses/1","url":"https://m.example/@a/1","edited_at":null,"content":"{{content}}","reblog":null,"account":{"id":"7","username":"a","acct":"a@m.example","bot":false,"created_at":"2020-01-10T00:00:00.000Z","followers_count":12,"statuses_count":340},"media_attachments":[],"mentions":[],"tags":[],"card":null,"poll":null}
        """.Trim();

    private async Task<List<JsonElement>> PlayAsync()
    {
        File.WriteAllText(_recording.File("gazetteer.csv"), Gazetteer);
        return await _recording.PlayAsync("--gazetteer", _recording.File("gazetteer.csv"));
    }

    private static double LnOdds(JsonElement incident)
    {
        var belief = incident.GetProperty("belief").GetDouble();
        return Math.Log(belief / (1 - belief));
    }
}
