using System.Globalization;

namespace CivicSignals.Ingest.Posts.Classifier.Training;

/// <summary>From labelled posts to a model and how good it is on events that it has not seen.</summary>
/// <param name="Model">Ready to be written.</param>
/// <param name="Report">A table, as lines of Markdown.</param>
internal sealed record PostTraining(PostModel Model, IReadOnlyList<string> Report)
{
    private const string Note =
        "Made by train-posts from CrisisLexT26 (Olteanu, Vieweg and Castillo 2015), the 18 events whose posts are largely English. Per cue: its strength and its weight. <…> are how a text is written, word* the beginning of a word. Only what occurs in three events or more is here.";

    private const int LeastPosts = 5;
    private const int LeastPostsOfEyewitnesses = 15; // Of eyewitnesses there are one in nine: rarer cues say nothing of them.

    /// <summary>Whether posts tell something about an incident, as a question to learn and to judge.</summary>
    public static LeaveOneEventOut Informative(Corpus corpus, IReadOnlyList<LabelledPost> posts) => new(corpus, [.. posts.Select(post => (bool?)post.Informative)], LeastPosts);

    /// <param name="posts">Of several events.</param>
    public static PostTraining Run(IReadOnlyList<LabelledPost> posts)
    {
        var corpus = new Corpus(posts);
        var informative = Informative(corpus, posts);
        var eyewitness = new LeaveOneEventOut(corpus, [.. posts.Select(post => post.Eyewitness)], LeastPostsOfEyewitnesses);
        return new PostTraining(
            new PostModel(PostModel.Known, Note, informative.Train(), eyewitness.Train()),
            [.. Table("Informative", corpus.Events, informative.Evaluate()), "", .. Table("Eyewitness", corpus.Events, eyewitness.Evaluate())]);
    }

    private static IEnumerable<string> Table(string question, string[] events, IReadOnlyList<Scored>[] judged)
    {
        yield return $"| {question}: event left out | posts | macro-F1 | AUC | Brier | ECE |";
        yield return "|---|---|---|---|---|---|";
        for (var i = 0; i < events.Length; i++)
            yield return Row(events[i].Replace('_', ' '), Figures.Of(judged[i]));
        yield return Row("**all together**", Figures.Of([.. judged.SelectMany(one => one)]));
    }

    private static string Row(string name, Figures figures) => string.Create(
        CultureInfo.InvariantCulture, $"| {name} | {figures.Posts} | {figures.MacroF1:.000} | {figures.Auc:.000} | {figures.Brier:.000} | {figures.Ece:.000} |");
}
