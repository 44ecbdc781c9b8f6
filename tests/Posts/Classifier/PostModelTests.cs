using System.Text;
using CivicSignals.Ingest.Posts;
using CivicSignals.Ingest.Posts.Classifier;

namespace CivicSignals.Tests.Posts.Classifier;

public sealed class PostModelTests
{
    private const string Part = """{"share":0.5,"bias":0,"slope":1,"shift":0,"cues":{"fire":[1,2]}}""";

    [Fact]
    public void Bundled_IsSmallAndTellsApart()
    {
        var model = PostModel.Bundled();
        Assert.InRange(Encoding.UTF8.GetByteCount(model.Write()), 10_000, 300_000);
        var informative = new LinearModel(model.Informative);
        Assert.True(informative.Probability(PostText.Of("River has burst its banks, 200 homes evacuated, roads closed")) > 0.9);
        Assert.True(informative.Probability(PostText.Of("lol I love this song so much!!!")) < 0.1);
    }

    [Fact]
    public void Bundled_HoldsNoLinksAndNoNamesOfAccounts()
    {
        var model = PostModel.Bundled();
        Assert.All(model.Informative.Cues.Keys.Concat(model.Eyewitness.Cues.Keys), cue =>
        {
            Assert.True(cue.Length <= 40, cue);
            Assert.InRange(cue.Split(' ').Length, 1, 2);
            Assert.DoesNotMatch("@|://|http|www", cue);
        });
    }

    [Fact]
    public void Write_ReadAgain_IsTheSame()
    {
        var model = PostModel.Bundled();
        Assert.Equal(model.Write(), Read(model.Write()).Write());
    }

    [Theory]
    [InlineData("", "post model")]
    [InlineData("{}", "post model")]
    [InlineData($$"""{"version":2,"note":"","informative":{{Part}},"eyewitness":{{Part}}}""", "version 2")]
    [InlineData($$"""{"version":1,"note":"","informative":{{Part}}}""", "eyewitness")]
    [InlineData($$$$"""{"version":1,"note":"","informative":{{{{Part}}}},"eyewitness":{"share":1,"bias":0,"slope":1,"shift":0,"cues":{"fire":[1,2]}}}""", "eyewitness.share")]
    [InlineData($$$$"""{"version":1,"note":"","informative":{{{{Part}}}},"eyewitness":{"share":0.5,"bias":0,"slope":-1,"shift":0,"cues":{"fire":[1,2]}}}""", "slope")]
    [InlineData($$$$"""{"version":1,"note":"","informative":{{{{Part}}}},"eyewitness":{"share":0.5,"bias":0,"slope":1,"shift":0,"cues":{"fire":[0,2]}}}""", "'fire'")]
    [InlineData($$$$"""{"version":1,"note":"","informative":{{{{Part}}}},"eyewitness":{"share":0.5,"bias":0,"slope":1,"shift":0,"cues":{"fire":[1]}}}""", "'fire'")]
    [InlineData($$$$"""{"version":1,"note":"","informative":{{{{Part}}}},"eyewitness":{"share":0.5,"bias":0,"slope":1,"shift":0,"cues":{}}}""", "no cues")]
    public void Read_Broken_SaysWhere(string text, string where) =>
        Assert.Contains(where, Assert.Throws<InvalidDataException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Cues_ByName_AreThoseOfTexts()
    {
        var cues = new ulong[PostCues.Most];
        var found = cues[..PostCues.Of(PostText.Of("@a Flooding on the A483! 12 homes… https://a.example/b #ElmRd"), cues)];
        Assert.All((string[])["flooding", "flood*", "<start> flooding", "flooding on", "<number> homes", "<number-2>", "<link>", "<mention>", "<exclamation>", "<ellipsis>", "<hashtags-2>", "elm", "road"], name =>
            Assert.True(found.Contains(PostCues.HashOf(name)), name));
    }

    [Fact]
    public void Cues_LongestText_HaveRoom()
    {
        var cues = new ulong[PostCues.Most];
        Assert.InRange(PostCues.Of(PostText.Of(string.Concat(Enumerable.Repeat("@a https://a.example a.b evacuated, ! ! : \" … ? #Fire 12345 ", 60))), cues), PostCues.MostWords, PostCues.Most);
    }

    private static PostModel Read(string text) => PostModel.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)));
}
