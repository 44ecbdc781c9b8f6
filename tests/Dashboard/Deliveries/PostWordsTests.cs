using System.Text;
using CivicSignals.Alerts;
using CivicSignals.Dashboard.Cap;
using CivicSignals.Dashboard.Deliveries;
using CivicSignals.Incidents;
using CivicSignals.Signals;
using CivicSignals.Tests.Dashboard.Fakes;

namespace CivicSignals.Tests.Dashboard.Deliveries;

public sealed class PostWordsTests
{
    private const string Link = "https://signals.example/alerts/0f0f0f0f0f0f0f0f0f0f-p";

    [Theory]
    [InlineData("@mayor@evil.example says", "mayor evil.example says")]
    [InlineData("Fire in #Lache ＃now ＠all", "Fire in Lache now all")]
    [InlineData("Fire\nin\u2028Lache\u202e\u200b\0", "Fire in Lache")]
    [InlineData("see https://evil.example/x", "see https: evil.example/x")]
    public void Write_HeadlineThatWouldMentionTagOrLink_IsPlainText(string headline, string expected) =>
        Assert.Equal(expected, Write(Entries.Alert(headline: headline)).Text.Split('\n')[0]);

    [Theory]
    [InlineData("é")]
    [InlineData("e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301")]
    [InlineData("👩🏽‍🚒")]
    public void Write_EndlessHeadline_FitsBothNetworksAndKeepsTheLink(string letter)
    {
        foreach (var ended in new Outcome?[] { null, Outcome.Merged })
        {
            var post = Write(Entries.Alert(version: 2, ended: ended, headline: string.Concat(Enumerable.Repeat(letter, 1000))));
            Assert.InRange(PostWords.Graphemes(post.Text), 1, 300);
            Assert.InRange(post.Text.Length, 1, 500);
            Assert.EndsWith("\n" + Link, post.Text, StringComparison.Ordinal);
            Assert.Equal(post.Text, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(post.Text)));
        }
    }

    [Fact]
    public void Write_LongestRealHeadlines_AreNotCut()
    {
        foreach (var hazard in Enum.GetValues<Hazard>())
        {
            foreach (var ended in Enum.GetValues<Outcome>().Cast<Outcome?>().Append(null))
            {
                var headline = AlertWords.Headline(AlertWords.Name(hazard), "Llanfairpwllgwyngyllgogerychwyrndrob", Certainty.Possible, null, ended);
                Assert.StartsWith(headline + "\n", Write(Entries.Alert(version: 2, ended: ended, headline: headline)).Text, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Write_Exercise_SaysSoFirst() =>
        Assert.StartsWith("Exercise: Fire in Lache\n", PostWords.Write(Entries.Alert(), Link, CapStatus.Exercise).Text, StringComparison.Ordinal);

    [Fact]
    public void Write_Summer_IsInBritishSummerTime() =>
        Assert.Contains(
            "1:05pm on Wednesday 1 July 2026, UK summer time (BST)",
            Write(Entries.Alert() with { At = new DateTimeOffset(2026, 7, 1, 12, 5, 0, TimeSpan.Zero) }).Text,
            StringComparison.Ordinal);

    [Fact]
    public void Write_AnyAlert_NamesNoPlaceButTheHeadlines()
    {
        var post = Write(Entries.Alert(lat: 53.0512, lon: -2.9934));
        Assert.DoesNotContain("53.05", post.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("2.99", post.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Facet_TextBeyondAscii_CoversTheLinkInBytesOfUtf8()
    {
        await using var scene = await DeliveryScene.StartAsync();
        scene.Publish(headline: "Tân yn Y Dŵr 🔥: possible");
        await scene.TurnAsync();

        var facet = Assert.Single(scene.Bluesky.Posts[0].Value.GetProperty("facets").EnumerateArray());
        var (start, end) = (facet.GetProperty("index").GetProperty("byteStart").GetInt32(), facet.GetProperty("index").GetProperty("byteEnd").GetInt32());
        var uri = Assert.Single(facet.GetProperty("features").EnumerateArray()).GetProperty("uri").GetString();
        Assert.Equal(uri, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(scene.Post)[start..end]));
        Assert.Equal("https://signals.example/alerts/a1", uri);
    }

    [Fact]
    public void Key_SameMomentAndName_IsTheSameValidKeyThatSortsByTime()
    {
        var key = RecordKey.Of(Entries.Start, "a1");
        Assert.Matches("^[234567a-j][234567a-z]{12}$", key);
        Assert.Equal(key, RecordKey.Of(Entries.Start, "a1"));
        Assert.NotEqual(key, RecordKey.Of(Entries.Start, "a2"));
        Assert.True(string.CompareOrdinal(key, RecordKey.Of(Entries.Start.AddMilliseconds(1), "a0")) < 0);
    }

    private static Post Write(Alert alert) => PostWords.Write(alert, Link, CapStatus.Actual);
}
