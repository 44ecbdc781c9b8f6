using CivicSignals.Ingest.Posts;

namespace CivicSignals.Tests.Posts;

public sealed class TextSketchTests
{
    [Theory]
    [InlineData("Huge fire on Elm Road, stay away", "huge fire on elm rd stay away!!", true)]
    [InlineData("There is a huge fire on Elm Road in Wrexham right now", "RT There is a huge fire on Elm Road in Wrexham right now", true)]
    [InlineData("There is a huge fire on Elm Road in Wrexham right now", "There is a massive fire on Elm Road in Wrexham right now", true)]
    [InlineData("Huge fire on Elm Road", "I can see flames from my window, Elm Road", false)]
    [InlineData("", "", false)]
    public void Similarity_OfTwoTexts_TellsCopies(string one, string other, bool copies)
    {
        var similarity = TextSketch.Of(PostText.Of(one)).Similarity(TextSketch.Of(PostText.Of(other)));
        Assert.Equal(copies, similarity >= TextSketch.Copy);
    }

    [Fact]
    public void Similarity_OfLongTexts_IsAboutJaccards()
    {
        var one = string.Join(' ', Enumerable.Range(0, 400).Select(i => $"word{i}"));
        var other = string.Join(' ', Enumerable.Range(100, 400).Select(i => $"word{i}")); // 300 of 500 in common.
        Assert.InRange(TextSketch.Of(PostText.Of(one)).Similarity(TextSketch.Of(PostText.Of(other))), 0.45, 0.75);
    }
}
