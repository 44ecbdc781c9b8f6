using System.Text;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Ingest.Posts;

namespace CivicSignals.Tests.Ingest.Posts;

public sealed class PostFuzzTests
{
    private const int Frames = 200_000;

    private static readonly (string? Event, string Frame)[] Seeds =
    [
        (null, """{"did":"did:plc:a","time_us":1779719009157119,"kind":"commit","commit":{"rev":"r","operation":"create","collection":"app.bsky.feed.post","rkey":"k","record":{"$type":"app.bsky.feed.post","langs":["en"],"reply":{"parent":{"cid":"b","uri":"at://did:plc:j/app.bsky.feed.post/1"}},"embed":{"$type":"app.bsky.embed.recordWithMedia","record":{"record":{"uri":"at://did:plc:x/app.bsky.feed.post/2"}}},"text":"smoke \u00e9 🔥"},"cid":"b"}}"""),
        (null, """{"did":"did:plc:a","time_us":1,"kind":"commit","commit":{"rev":"r","operation":"delete","collection":"app.bsky.feed.post","rkey":"k"}}"""),
        (null, """{"did":"did:plc:a","time_us":1,"kind":"commit","commit":{"rev":"r","operation":"create","collection":"app.bsky.feed.repost","rkey":"k","record":{"subject":{"uri":"at://did:plc:x/app.bsky.feed.post/2"}}}}"""),
        (null, """{"did":"did:plc:a","time_us":1,"kind":"account","account":{"active":false,"status":"deleted","time":"t"}}"""),
        (null, """{"$type":"message","payload":{"$type":"network.bsky.jetstream.subscribeEvents#commit","seq":12345,"did":"did:plc:a","time":"2024-09-09T19:46:02.329308Z","rev":"r","operation":"update","collection":"app.bsky.feed.post","rkey":"k","record":{"text":"x"}}}"""),
        ("update", """{"id":"114","visibility":"public","spoiler_text":"w","language":"en","url":"https://m.example/1","edited_at":null,"in_reply_to_id":"3","content":"<p>Smoke &amp; <a class=\"x\" href=\"y\"><span class=\"invisible\">https://</span>z</a><br/>x<script>s</script></p>","reblog":null,"account":{"acct":"a@m.example","bot":true}}"""),
        ("update", """{"id":"114","visibility":"unlisted","reblog":{"id":"9","visibility":"public"},"account":{"acct":"a"}}"""),
        ("status.update", """{"id":"114","edited_at":"2026-01-10T08:04:00.000Z","content":"<p>false alarm</p>"}"""),
        ("delete", "114000000000000001"),
    ];

    [Fact]
    public void Read_MutatedFrames_NeverThrowAndNameAReason()
    {
        var random = new Random(20260110);
        var outcomes = new Dictionary<string, int>();
        for (var i = 0; i < Frames; i++)
        {
            var (name, seed) = Seeds[random.Next(Seeds.Length)];
            var frame = Mutate(Encoding.UTF8.GetBytes(seed), random);
            var reading = name is null ? JetstreamFrames.Read(frame) : MastodonEvents.Read(name, frame, "h");
            Assert.True(reading.Event is null || reading.Reason is null);
            var outcome = reading.Reason ?? (reading.Event is null ? "ambient" : "event");
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
        }

        Assert.Subset(new HashSet<string> { "event", "ambient", Reasons.NotJson, Reasons.BadShape, Reasons.BadEncoding, Reasons.TooDeep, Reasons.TooLarge }, outcomes.Keys.ToHashSet());
        Assert.True(outcomes["event"] > Frames / 10 && outcomes[Reasons.NotJson] > Frames / 10, string.Join(' ', outcomes));
    }

    [Fact]
    public void Of_MutatedMarkup_NeverThrows()
    {
        var random = new Random(20260110);
        var seed = Encoding.UTF8.GetBytes("""<p>Smoke &amp; &#x1F525; <a class="x y" href='z'><span class="invisible">https://</span>z</a><br/><![CDATA[x]]><!-- c --><script>s</script><svg/onload=x><?php?></p>""");
        for (var i = 0; i < 50_000; i++)
            Assert.InRange(HtmlText.Of(Encoding.UTF8.GetString(Mutate(seed, random)), 50).Length, 0, 50);
    }

    private static byte[] Mutate(byte[] frame, Random random)
    {
        frame = [.. frame];
        for (var n = random.Next(4); n > 0 && frame.Length > 0; n--)
        {
            var at = random.Next(frame.Length);
            switch (random.Next(6))
            {
                case 0: frame = frame[..at]; break;
                case 1: frame[at] = (byte)random.Next(256); break;
                case 2: frame[at] = "{}[]\",:\\0-9<>&;/#"u8[random.Next(17)]; break;
                case 3: frame = [.. frame[..at], .. frame[random.Next(frame.Length)..]]; break;
                case 4: frame = [.. frame[..at], .. "\\ud800"u8, .. frame[at..]]; break;
                default: frame = [.. frame[..at], .. Enumerable.Repeat((byte)"[<"[random.Next(2)], random.Next(80)), .. frame[at..]]; break;
            }
        }

        return frame;
    }
}
