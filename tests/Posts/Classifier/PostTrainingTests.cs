using CivicSignals.Ingest.Posts;
using CivicSignals.Ingest.Posts.Classifier;
using CivicSignals.Ingest.Posts.Classifier.Training;
using CivicSignals.Silo.CommandLine;

namespace CivicSignals.Tests.Posts.Classifier;

public sealed class PostTrainingTests
{
    private const string Head = "event\ttweet_id\tsource\ttype\tinformativeness\ttext\n";

    [Fact]
    public void Run_Twice_GivesTheSameModelAndLearns()
    {
        var posts = MadeUp();
        var (first, second) = (PostTraining.Run(posts), PostTraining.Run(posts));
        Assert.Equal(first.Model.Write(), second.Model.Write());
        Assert.Equal(first.Report, second.Report);
        var informative = new LinearModel(first.Model.Informative);
        Assert.True(informative.Probability(PostText.Of("road closed by flood")) > 0.8);
        Assert.True(informative.Probability(PostText.Of("praying for all")) < 0.2);
        Assert.All(first.Model.Informative.Cues.Keys, cue => Assert.DoesNotContain("nowhere", cue, StringComparison.Ordinal)); // It names one event.
    }

    [Fact]
    public async Task Verb_OverAFolder_WritesAModelThatIsReadAndAReport()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var lines = MadeUp().Select(post => $"{post.Event}\t1\t{(post.Eyewitness == true ? "Eyewitness" : "Media")}\tx\t{(post.Informative ? "Related and informative" : "Not related")}\t{post.Text.Text}");
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, CrisisPosts.FileName), Head + string.Join('\n', lines));
            var target = Path.Combine(folder.FullName, "model.json");
            var output = new StringWriter();
            Assert.Equal(0, await new TrainPostsVerb().RunAsync(["--data", folder.FullName, "--output", target], output));
            Assert.Contains("all together", output.ToString(), StringComparison.Ordinal);
            await using var written = File.OpenRead(target);
            Assert.NotEmpty(PostModel.Read(written).Informative.Cues);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Verb_WithoutData_SaysSo()
    {
        Assert.Contains("--data", (await Assert.ThrowsAsync<UsageException>(() => new TrainPostsVerb().RunAsync([], TextWriter.Null))).Message, StringComparison.Ordinal);
        Assert.Contains(CrisisPosts.FileName, (await Assert.ThrowsAsync<UsageException>(() => new TrainPostsVerb().RunAsync(["--data", "nowhere", "--output", "x"], TextWriter.Null))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OtherLanguagesAndPostsNotJudged_AreLeftOut()
    {
        var posts = CrisisPosts.Read(new StringReader(Head + "2013_Spain_train_crash\t1\tMedia\tx\tNot related\ta\nb\t2\tNot labeled\tx\tRelated and informative\tfish &amp; chips\nc\t3\tEyewitness\tx\tNot applicable\td"));
        Assert.Equal([("b", true, null, "fish & chips"), ("c", false, (bool?)true, "d")], posts.Select(post => (post.Event, post.Informative, post.Eyewitness, post.Text.Text)));
        Assert.Throws<InvalidDataException>(() => CrisisPosts.Read(new StringReader("other\tcolumns")));
        Assert.Contains("line 2", Assert.Throws<InvalidDataException>(() => CrisisPosts.Read(new StringReader(Head + "a\tb"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_OfKnownAnswers_AreRight()
    {
        var figures = Figures.Of([new(0.9, true), new(0.8, false), new(0.6, true), new(0.2, false)]);
        Assert.Equal((4, 0.75), (figures.Posts, figures.Auc)); // Of four pairs one is the wrong way round.
        Assert.Equal((0.8 + (2 / 3.0)) / 2, figures.MacroF1, 6);
        Assert.Equal((0.01 + 0.64 + 0.16 + 0.04) / 4, figures.Brier, 6);
    }

    [Fact]
    public void Platt_OfScoresThatExaggerate_TonesThemDown()
    {
        var platt = Platt.Fit([.. Enumerable.Range(0, 1000).Select(i => new Scored(i % 2 == 0 ? 5 : -5, i % 10 < 8 == (i % 2 == 0)))]);
        Assert.InRange(platt.Probability(5), 0.7, 0.9);
        Assert.True(platt.Slope is > 0 and < 0.5);
    }

    /// <summary>Six events of forty posts each.</summary>
    private static List<LabelledPost> MadeUp()
    {
        string[] places = ["nowhere", "somewhere", "elsewhere", "anywhere", "everywhere", "thereabouts"];
        string[] told = ["road closed by flood", "bridge closed, avoid", "flood near the road", "homes closed by flood water"];
        string[] felt = ["praying for all", "my thoughts and prayers", "so sad for all", "what a sad day"];
        return
        [
            .. places.SelectMany(place => Enumerable.Range(0, 40).Select(i => new LabelledPost(
                place, PostText.Of($"{(i % 2 == 0 ? told : felt)[i / 2 % 4]} {place} {(i % 5 == 0 ? "i can see it from my window" : "")}"), i % 2 == 0, i % 5 == 0))),
        ];
    }
}
