using System.Text;
using CivicSignals.Ingest.Posts;
using CivicSignals.Ingest.Posts.Classifier;

namespace CivicSignals.Tests.Posts;

/// <summary>Texts of any shape: none throws, and each place is one.</summary>
public sealed class PostFuzzTests
{
    private static readonly string[] Pieces =
    [
        "fire", "smoke", "Wrexham", "Elm", "Road", "#", "@", "https://", "LL13", "8AA", "LL138AA", "'", "’s", ",", ".", "?", "\n", "&", "_", "\u202e", "\u200b", "\u0301",
        "𝐖", "\ud835", "\udc00", "😀", "\0", "\uffff", "в", "ＬＬ１３", "12345678901234567890", "St", "in", "on", "High Street", "Newport", "Bath", "%", "{0}", "<script>", "'; --", " ", "  ", "\t",
    ];

    [Fact]
    public void Read_TextsOfAnyShape_NeverThrow()
    {
        var random = new Random(20260110);
        var geoparser = new Geoparser(SampleGazetteer.Gazetteer);
        var text = new StringBuilder();
        for (var i = 0; i < 100_000; i++)
        {
            text.Clear();
            var length = random.Next(i % 1000 == 0 ? 2000 : 25);
            for (var piece = 0; piece < length; piece++)
                text.Append(random.Next(4) == 0 ? ((char)random.Next(char.MaxValue + 1)).ToString() : Pieces[random.Next(Pieces.Length)]).Append(random.Next(2) == 0 ? " " : "");
            var words = PostText.Of(text.ToString());

            var place = geoparser.Locate(words);
            var judgement = ClassifiedReader.Bundled.Read(words);

            Assert.True(place.Place is null ? place.Why != Abstention.None : place.Place.Value.IsValid && place.Place.Value.UncertaintyM <= Geoparser.MostUncertaintyM);
            Assert.True(double.IsFinite(judgement.Score));
            foreach (var word in words.Words)
                Assert.True(word.Start >= 0 && word.Start + word.Length <= words.Text.Length);
        }
    }
}
