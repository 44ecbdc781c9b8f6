using System.Text;
using System.Text.Json;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Ingest.Posts;

namespace CivicSignals.Tests.Ingest.Posts;

public sealed class MastodonEventsTests
{
    private const string Documented = """{"id":"114000000000000001","created_at":"2026-01-10T08:01:02.000Z","in_reply_to_id":null,"sensitive":false,"spoiler_text":"","visibility":"public","language":"en","uri":"https://m.example/users/a/statuses/1","url":"https://m.example/@a/1","edited_at":null,"content":"<p>Smoke coming out of the flats on <a href=\"https://m.example/tags/ElmRd\">#ElmRd</a></p>","reblog":null,"account":{"id":"7","username":"a","acct":"a@m.example","bot":false,"created_at":"2020-01-10T00:00:00.000Z","followers_count":12,"statuses_count":340},"media_attachments":[],"mentions":[],"tags":[{"name":"elmrd"}],"card":null,"poll":null}""";

    [Fact]
    public void Read_Update_SaysWhoWhatAndWhere()
    {
        var reading = Read("update", Documented, out var mark);

        Assert.Equal(
            new PostEvent
            {
                Network = "mastodon",
                Change = PostChange.Posted,
                Author = "mastodon:a@m.example",
                Id = "mastodon:town.example/114000000000000001",
                Text = "Smoke coming out of the flats on #ElmRd",
                Language = "en",
                Url = "https://m.example/@a/1",
            },
            reading.Event);
        Assert.Equal("114000000000000001", mark.Id);
    }

    [Fact]
    public void Read_Edit_OfTheDocumentedShape_IsEdited()
    {
        var edit = Event("status.update", """{"id":"114000000000000001","edited_at":"2026-01-10T08:04:00.000Z","content":"<p>false alarm, bbq</p>"}""");

        Assert.Equal((PostChange.Edited, "mastodon:town.example/114000000000000001", "", "false alarm, bbq"), (edit.Change, edit.Id, edit.Author, edit.Text));
    }

    [Theory]
    [InlineData("114000000000000001")]
    [InlineData("114000000000000001\r\n")]
    public void Read_Delete_FindsThePostOfTheSameServer(string payload)
    {
        var gone = Event("delete", payload);

        Assert.Equal((PostChange.Deleted, "mastodon:town.example/114000000000000001", ""), (gone.Change, gone.Id, gone.Author));
    }

    [Fact]
    public void Read_Boost_NamesWhatItSpreads()
    {
        var boost = Event("update", Status(content: "", also: ""","reblog":{"id":"9","visibility":"public"}"""));

        Assert.Equal((PostChange.Reposted, "mastodon:town.example/9"), (boost.Change, boost.Of));
    }

    [Theory]
    [InlineData("private")]
    [InlineData("direct")]
    [InlineData("something new")]
    public void Read_NotForEveryone_IsAmbient(string visibility)
    {
        Assert.Equal(PostReading.Ambient, Read("update", Status("x", visibility), out _));
        Assert.Equal(PostReading.Ambient, Read("status.update", Status("x", visibility), out _));
        Assert.Equal(PostReading.Ambient, Read("update", Status("", also: $$""","reblog":{"id":"9","visibility":"{{visibility}}"}"""), out _));
    }

    [Theory]
    [InlineData("notification")]
    [InlineData("filters_changed")]
    [InlineData("")]
    public void Read_OtherEvents_AreAmbient(string name) => Assert.Equal(PostReading.Ambient, Read(name, "garbage", out _));

    [Fact]
    public void Read_LocalAccount_BelongsToItsServer() =>
        Assert.Equal("mastodon:eve@town.example", Event("update", Status("x").Replace("a@m.example", "Eve", StringComparison.Ordinal)).Author);

    [Fact]
    public void Read_Warning_StandsBeforeTheText() =>
        Assert.Equal("Fire\nin Elm Road", Event("update", Status("<p>in Elm Road</p>", also: ""","spoiler_text":"Fire" """)).Text);

    [Fact]
    public void Read_ReplyBotAndQuote_AreSaid()
    {
        var post = Event("update", Status("x", also: ""","in_reply_to_id":"5","quote":{"state":"accepted","quoted_status":{"id":"6"}}""").Replace("\"bot\":false", "\"bot\":true", StringComparison.Ordinal));

        Assert.Equal((true, "mastodon:town.example/5", "mastodon:town.example/6"), (post.Bot, post.ReplyTo, post.Of));
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("file:///etc/passwd")]
    [InlineData("not a url")]
    public void Read_UrlThatIsNone_IsLeftOut(string url) =>
        Assert.Equal("", Event("update", Status("x").Replace("https://m.example/@a/1", url, StringComparison.Ordinal)).Url);

    [Theory]
    [InlineData("<p>one</p><p>two<br>three<br />four</p>", "one\ntwo\nthree\nfour")]
    [InlineData("a &amp; b &lt;b&gt; &#x1F525;", "a & b <b> 🔥")]
    [InlineData("<a href=\"https://e.example/long\"><span class=\"invisible\">https://</span><span class=\"ellipsis\">e.example/lo</span><span class=\"invisible\">ng</span></a>", "e.example/lo")]
    [InlineData("<span class=\"x invisible\">a<span>b</span>c</span>d", "d")]
    [InlineData("x<script>alert('<p>')</script>y<style>p{}</style>z", "xyz")]
    [InlineData("x<script>alert(1)", "x")]
    [InlineData("<SCRIPT>alert(1)</SCRIPT>x", "x")]
    [InlineData("<img src=x onerror=alert(1)>x<!-- y -->", "x")]
    [InlineData("<svg><p>no</p></svg>yes<iframe>no</iframe>", "yes")]
    [InlineData("<p class=\"quote-inline\">RE: <a>x</a></p><p>mine</p>", "mine")]
    [InlineData("</p></p></div>x", "x")]
    [InlineData("<p", "")]
    public void Read_Content_IsTheTextThatPeopleSee(string content, string text) => Assert.Equal(text, Event("update", Status(content)).Text);

    [Fact]
    public void Read_ContentBeyondBounds_IsCutInTime()
    {
        Assert.Equal(3000, Event("update", Status(new string('x', 5000))).Text.Length);
        Assert.Equal(2999, Event("update", Status(new string('x', 2999) + "🔥")).Text.Length);
        Assert.Equal("", Event("update", Status(string.Concat(Enumerable.Repeat("<b>", 20_000)) + "x")).Text.Trim('x'));
        Assert.Equal("x", Event("update", Status($"<p {string.Concat(Enumerable.Range(0, 9000).Select(i => $"a{i} "))}>x</p>")).Text);
        Assert.Equal("x", Event("update", Status(string.Concat(Enumerable.Repeat("<b><p>", 9000)) + "x")).Text);
    }

    [Theory]
    [InlineData("update", "", Reasons.NotJson)]
    [InlineData("update", "[", Reasons.NotJson)]
    [InlineData("update", "{}", Reasons.BadShape)]
    [InlineData("update", """{"id":7}""", Reasons.BadShape)]
    [InlineData("update", """{"id":"1/2"}""", Reasons.BadShape)]
    [InlineData("update", """{"id":"1","content":"x"}""", Reasons.BadShape)]
    [InlineData("update", """{"id":"1","account":{"acct":"a b"},"content":"x"}""", Reasons.BadShape)]
    [InlineData("update", """{"id":"1","account":{"acct":"a"}}""", Reasons.BadShape)]
    [InlineData("update", """{"id":"1","account":{"acct":"a"},"content":"\ud800"}""", Reasons.BadEncoding)]
    [InlineData("update", """{"id":"1","account":{"acct":"a"},"reblog":{}}""", Reasons.BadShape)]
    [InlineData("delete", "", Reasons.BadShape)]
    [InlineData("delete", "../x", Reasons.BadShape)]
    public void Read_Garbage_IsRejectedWithItsReason(string name, string payload, string reason) => Assert.Equal(reason, Read(name, payload, out _).Reason);

    [Fact]
    public void Read_BeyondBounds_IsRejected()
    {
        Assert.Equal(Reasons.TooLarge, MastodonEvents.Read("update", new byte[MastodonEvents.MaxEvent + 1], "h").Reason);
        Assert.Equal(Reasons.BadEncoding, MastodonEvents.Read("update", new byte[] { 0x22, 0xff, 0x22 }, "h").Reason);
        Assert.Equal(Reasons.TooDeep, Read("update", new string('[', 60) + new string(']', 60), out _).Reason);
    }

    [Fact]
    public void Read_SaidTwice_HasOneKeyAndAnEditHasAnother()
    {
        Read("update", Status("x"), out var first);
        Read("update", Status("x"), out var again);
        Read("status.update", Status("y", also: ""","edited_at":"2026-01-10T08:04:00.000Z" """), out var edit);
        Read("status.update", Status("x", also: ""","edited_at":"2026-01-10T08:05:00.000Z" """), out var back);
        Read("delete", "1", out var gone);

        Assert.Equal(first.Key, again.Key);
        Assert.Equal(4, new HashSet<UInt128> { first.Key, edit.Key, back.Key, gone.Key }.Count);
    }

    private static PostEvent Event(string name, string payload)
    {
        var reading = Read(name, payload, out _);
        Assert.Null(reading.Reason);
        return Assert.IsType<PostEvent>(reading.Event);
    }

    private static PostReading Read(string name, string payload, out MastodonMark mark) =>
        MastodonEvents.Read(name, Encoding.UTF8.GetBytes(payload), "town.example", out mark);

    private static string Status(string content, string visibility = "public", string also = "") =>
        $$$"""{"id":"1","visibility":"{{{visibility}}}","url":"https://m.example/@a/1","content":{{{JsonSerializer.Serialize(content)}}},"account":{"acct":"a@m.example","bot":false}{{{also}}}}""";
}
