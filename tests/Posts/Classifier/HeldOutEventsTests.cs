using CivicSignals.Ingest.Posts.Classifier.Training;
using CivicSignals.Tests.Ingest;

namespace CivicSignals.Tests.Posts.Classifier;

/// <summary>How good the model is on events that neither its weights nor its calibration have seen.</summary>
public sealed class HeldOutEventsTests
{
    [Fact]
    public void Informative_EachEventLeftOut_ReachesTheGoals()
    {
        using var file = new StreamReader(Shared.File($"data/train/{CrisisPosts.FileName}"));
        var posts = CrisisPosts.Read(file);
        var figures = Figures.Of([.. PostTraining.Informative(new Corpus(posts), posts).Evaluate().SelectMany(judged => judged)]);

        Assert.Equal(posts.Count, figures.Posts);
        Assert.True(figures.MacroF1 >= 0.80, $"macro-F1 {figures.MacroF1:0.0000}");
        Assert.True(figures.Auc >= 0.88, $"AUC {figures.Auc:0.0000}");
        Assert.True(figures.Ece <= 0.05, $"ECE {figures.Ece:0.0000}");
    }
}
