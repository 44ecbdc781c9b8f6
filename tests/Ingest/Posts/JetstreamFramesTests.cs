using System.Text;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Ingest.Posts;

namespace CivicSignals.Tests.Ingest.Posts;

public sealed class JetstreamFramesTests
{
    private const string Did = "did:plc:q235v55g5unth4zjjdpacfdr";

    [Fact]
    public void Read_Post_SaysWhoWhatAndWhere()
    {
        var reading = Read(Commit("create", record: """{"$type":"app.bsky.feed.post","langs":["en-GB","cy"],"text":"smoke on the High Street","createdAt":"1970-01-01T00:00:00Z"}"""), out var mark);

        Assert.Equal(
            new PostEvent
            {
                Network = "bluesky",
                Change = PostChange.Posted,
                Author = $"bluesky:{Did}",
                Id = $"at://{Did}/app.bsky.feed.post/3mmo",
                Text = "smoke on the High Street",
                Language = "en-GB",
                Url = $"https://bsky.app/profile/{Did}/post/3mmo",
            },
            reading.Event);
        Assert.Equal(1779719009157119, mark.Micros);
        Assert.NotEqual(UInt128.Zero, mark.Key);
    }

    [Theory]
    [InlineData("create", PostChange.Posted)]
    [InlineData("update", PostChange.Edited)]
    public void Read_Operation_IsItsChange(string operation, object change) =>
        Assert.Equal(change, Event(Commit(operation, record: """{"text":""}""")).Change);

    [Fact]
    public void Read_Delete_NamesThePostWithoutText()
    {
        var gone = Event(Commit("delete"));

        Assert.Equal((PostChange.Deleted, $"at://{Did}/app.bsky.feed.post/3mmo", $"bluesky:{Did}", ""), (gone.Change, gone.Id, gone.Author, gone.Text));
    }

    [Fact]
    public void Read_Repost_NamesWhatItSpreads()
    {
        var repost = Event(Commit("create", "app.bsky.feed.repost", """{"subject":{"cid":"b","uri":"at://did:plc:x/app.bsky.feed.post/1"}}"""));

        Assert.Equal((PostChange.Reposted, "at://did:plc:x/app.bsky.feed.post/1", $"at://{Did}/app.bsky.feed.repost/3mmo"), (repost.Change, repost.Of, repost.Id));
    }

    [Fact]
    public void Read_RepostOfAFeed_IsAmbient() =>
        AssertAmbient(Commit("create", "app.bsky.feed.repost", """{"subject":{"uri":"at://did:plc:x/app.bsky.feed.generator/1"}}"""));

    [Theory]
    [InlineData("""{"$type":"app.bsky.embed.record","record":{"cid":"b","uri":"at://did:plc:x/app.bsky.feed.post/1"}}""", "at://did:plc:x/app.bsky.feed.post/1")]
    [InlineData("""{"$type":"app.bsky.embed.recordWithMedia","record":{"$type":"app.bsky.embed.record","record":{"uri":"at://did:plc:x/app.bsky.feed.post/2"}},"media":{}}""", "at://did:plc:x/app.bsky.feed.post/2")]
    [InlineData("""{"$type":"app.bsky.embed.record","record":{"uri":"at://did:plc:x/app.bsky.graph.list/1"}}""", null)]
    [InlineData("""{"$type":"app.bsky.embed.external","external":{"uri":"https://example.com/"}}""", null)]
    [InlineData("""{"$type":"app.bsky.embed.record","record":7}""", null)]
    [InlineData("7", null)]
    public void Read_Embed_QuotesPostsOnly(string embed, string? of) =>
        Assert.Equal(of, Event(Commit("create", record: $$"""{"text":"x","embed":{{embed}}}""")).Of);

    [Fact]
    public void Read_Reply_NamesItsParent() => Assert.Equal(
        "at://did:plc:j/app.bsky.feed.post/9",
        Event(Commit("create", record: """{"text":"x","reply":{"parent":{"uri":"at://did:plc:j/app.bsky.feed.post/9"},"root":{"uri":"at://did:plc:j/app.bsky.feed.post/1"}}}""")).ReplyTo);

    [Theory]
    [InlineData("takendown", true)]
    [InlineData("suspended", true)]
    [InlineData("deleted", true)]
    [InlineData("deactivated", true)]
    [InlineData("desynchronized", false)]
    [InlineData("throttled", false)]
    public void Read_InactiveAccount_IsGoneUnlessTheNetworkIsToBlame(string status, bool gone)
    {
        var frame = $$$"""{"did":"{{{Did}}}","time_us":1,"kind":"account","account":{"active":false,"did":"x","seq":1,"status":"{{{status}}}","time":"t"}}""";

        var reading = Read(frame, out _);

        Assert.Null(reading.Reason);
        Assert.Equal(gone ? $"bluesky:{Did}" : null, reading.Event?.Author);
        Assert.True(reading.Event is null or { Change: PostChange.AuthorGone, Id: "" });
    }

    [Theory]
    [InlineData("""{"did":"did:plc:x","time_us":1,"kind":"identity","identity":{"did":"did:plc:x","seq":1}}""")]
    [InlineData("""{"did":"did:plc:x","time_us":1,"kind":"account","account":{"active":true}}""")]
    [InlineData("""{"did":"did:plc:x","time_us":1,"kind":"commit","commit":{"operation":"create","collection":"app.bsky.feed.like","rkey":"1","record":{}}}""")]
    [InlineData("""{"did":"did:plc:x","time_us":1,"kind":"commit","commit":{"operation":"create","collection":"app.bsky.feed.postgate","rkey":"1","record":{}}}""")]
    [InlineData("""{"did":"did:plc:x","time_us":1,"kind":"something new"}""")]
    [InlineData("""{"$type":"message","payload":{"$type":"network.bsky.jetstream.subscribeEvents#sync","seq":1,"did":"did:plc:x"}}""")]
    public void Read_WhatDoesNotMatter_IsAmbient(string frame) => AssertAmbient(frame);

    [Fact]
    public void Read_VersionTwo_IsReadAlike()
    {
        const string record = """{"text":"smoke","langs":["en"]}""";
        var frame = $$$"""{"$type":"message","payload":{"$type":"network.bsky.jetstream.subscribeEvents#commit","seq":12345,"did":"{{{Did}}}","time":"2024-09-09T19:46:02.329308Z","rev":"3r","operation":"create","collection":"app.bsky.feed.post","rkey":"3mmo","cid":"b","record":{{{record}}}}}""";

        var reading = Read(frame, out var mark);

        Assert.Equal(Event(Commit("create", record: record)), reading.Event);
        Assert.Equal((1725911162329308, 12345), (mark.Micros, mark.Seq));
    }

    [Theory]
    [InlineData("""{"$type":"error","error":"ConsumerTooSlow","message":"m"}""", "ConsumerTooSlow")]
    [InlineData("""{"$type":"message","payload":{"$type":"network.bsky.jetstream.subscribeEvents#info","name":"OutdatedCursor","message":"m"}}""", "OutdatedCursor")]
    public void Read_Notice_IsForTheConnection(string frame, string notice)
    {
        Assert.Equal(PostReading.Ambient, Read(frame, out var mark));
        Assert.Equal(notice, mark.Notice);
    }

    [Theory]
    [InlineData("", Reasons.NotJson)]
    [InlineData("{", Reasons.NotJson)]
    [InlineData("{} {}", Reasons.NotJson)]
    [InlineData("{}", Reasons.BadShape)]
    [InlineData("[]", Reasons.BadShape)]
    [InlineData("7", Reasons.BadShape)]
    [InlineData("""{"kind":"commit"}""", Reasons.BadShape)]
    [InlineData("""{"kind":"account","did":"did:plc:x"}""", Reasons.BadShape)]
    [InlineData("""{"kind":"commit","did":"did:plc:x/y","commit":{"operation":"delete","collection":"app.bsky.feed.post","rkey":"1"}}""", Reasons.BadShape)]
    [InlineData("""{"kind":"commit","did":"did:plc:x","commit":{"operation":"delete","collection":"app.bsky.feed.post","rkey":"a/b"}}""", Reasons.BadShape)]
    [InlineData("""{"kind":"commit","did":"did:plc:x","commit":{"operation":"eat","collection":"app.bsky.feed.post","rkey":"1"}}""", Reasons.BadShape)]
    [InlineData("""{"kind":"commit","did":"did:plc:x","commit":{"operation":"create","collection":"app.bsky.feed.post","rkey":"1"}}""", Reasons.BadShape)]
    [InlineData("""{"kind":"commit","did":"did:plc:x","commit":{"operation":"create","collection":"app.bsky.feed.post","rkey":"1","record":{"text":7}}}""", Reasons.BadShape)]
    [InlineData("""{"kind":"commit","did":"did:plc:x","commit":{"operation":"create","collection":"app.bsky.feed.post","rkey":"1","record":{"text":"\ud800"}}}""", Reasons.BadEncoding)]
    [InlineData("""{"kind":"commit","did":"did:plc:x","commit":{"operation":"create","collection":"app.bsky.feed.repost","rkey":"1","record":{}}}""", Reasons.BadShape)]
    public void Read_Garbage_IsRejectedWithItsReason(string frame, string reason) => Assert.Equal(reason, Read(frame, out _).Reason);

    [Fact]
    public void Read_BeyondBounds_IsRejected()
    {
        Assert.Equal(Reasons.TooLarge, JetstreamFrames.Read(new byte[JetstreamFrames.MaxFrame + 1]).Reason);
        Assert.Equal(Reasons.BadEncoding, JetstreamFrames.Read(new byte[] { 0x22, 0xff, 0x22 }).Reason);
        Assert.Equal(Reasons.TooDeep, Read(Commit("create", record: $$"""{"text":"x","a":{{new string('[', 60)}}{{new string(']', 60)}}}"""), out _).Reason);
        Assert.Null(Read(Commit("create", record: $$"""{"text":"{{new string('é', 1500)}}"}"""), out _).Reason);
        Assert.Equal(Reasons.TooLarge, Read(Commit("create", record: $$"""{"text":"{{new string('é', 1501)}}"}"""), out _).Reason);
    }

    [Fact]
    public void Read_SameCommitSeenAtAnotherTime_HasTheSameKeyAndOthersHaveNot()
    {
        Read(Commit("create", record: """{"text":"x"}"""), out var first);
        Read(Commit("create", record: """{"text":"x"}""").Replace("1779719009157119", "1779719009999999", StringComparison.Ordinal), out var again);
        Read(Commit("delete"), out var deleted);
        Read(Commit("create", record: """{"text":"x"}""").Replace("3r", "4r", StringComparison.Ordinal), out var recreated);

        Assert.Equal(first.Key, again.Key);
        Assert.Equal(3, new HashSet<UInt128> { first.Key, deleted.Key, recreated.Key }.Count);
    }

    [Fact]
    public void Read_Like_AllocatesNothing()
    {
        var frame = Encoding.UTF8.GetBytes(Commit("create", "app.bsky.feed.like", """{"subject":{"uri":"at://did:plc:x/app.bsky.feed.post/1"}}"""));
        JetstreamFrames.Read(frame);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            JetstreamFrames.Read(frame);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Read_RecordedShapes_AreEachAccountedFor()
    {
        var changes = Recorded("jetstream_v1_golden10.jsonl").Select(reading => reading.Reason ?? reading.Event?.Change.ToString() ?? "ambient").ToList();

        Assert.Equal(["ambient", "Posted", "Reposted", "ambient", "ambient", "ambient", "ambient", "ambient", "ambient", "ambient"], changes);
    }

    [Fact]
    public void Read_RecordedWindow_IsAccountedForFrameByFrame()
    {
        var readings = Recorded("jetstream_v1_window_20260704.jsonl");

        Assert.Equal(152, readings.Count);
        Assert.Equal(
            [("Deleted", 1), ("Posted", 17), ("Reposted", 15), ("ambient", 119)],
            readings.GroupBy(reading => reading.Reason ?? reading.Event?.Change.ToString() ?? "ambient").Select(group => (group.Key, group.Count())).OrderBy(group => group.Key, StringComparer.Ordinal));
        Assert.Equal(8, readings.Count(reading => reading.Event is { Change: PostChange.Posted, ReplyTo: not null }));
        Assert.Equal(7, readings.Count(reading => reading.Event is { Change: PostChange.Posted, Language: "en" }));
    }

    private static List<PostReading> Recorded(string name) =>
        [.. File.ReadLines(Shared.File($"data/fixtures/{name}")).Select(line => JetstreamFrames.Read(Encoding.UTF8.GetBytes(line)))];

    private static void AssertAmbient(string frame) => Assert.Equal(PostReading.Ambient, Read(frame, out _));

    private static PostEvent Event(string frame)
    {
        var reading = Read(frame, out _);
        Assert.Null(reading.Reason);
        return Assert.IsType<PostEvent>(reading.Event);
    }

    private static PostReading Read(string frame, out JetstreamMark mark) => JetstreamFrames.Read(Encoding.UTF8.GetBytes(frame), out mark);

    private static string Commit(string operation, string collection = "app.bsky.feed.post", string? record = null) =>
        $$$"""{"did":"{{{Did}}}","time_us":1779719009157119,"kind":"commit","commit":{"rev":"3r","operation":"{{{operation}}}","collection":"{{{collection}}}","rkey":"3mmo"{{{(record is null ? "" : $",\"record\":{record},\"cid\":\"b\"")}}}}}""";
}
