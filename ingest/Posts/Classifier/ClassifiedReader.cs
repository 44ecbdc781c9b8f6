namespace CivicSignals.Ingest.Posts.Classifier;

/// <summary>
/// Judges a post by both layers: phrases say which kind and whether it is now, the trained model says how much to believe it. Bounded on both sides,
/// so that no choice of words makes a post count more than its kind.
/// </summary>
internal sealed class ClassifiedReader(IPostReader phrases, PostModel model, CredenceTable table) : IPostReader
{
    /// <summary>The most phrases that come out.</summary>
    public const int MostPhrases = 5;

    private const int MostOfModel = 2;

    private readonly LinearModel _informative = new(model.Informative);
    private readonly LinearModel _eyewitness = new(model.Eyewitness);

    /// <summary>On the bundled tables.</summary>
    public static ClassifiedReader Bundled { get; } = new(PhraseReader.Bundled, PostModel.Bundled(), CredenceTable.Bundled);

    public PostJudgement Read(PostText text)
    {
        var said = phrases.Read(text);
        if (said.Kind is null)
            return said;
        var (informative, eyewitness) = (_informative.LnOdds(text), _eyewitness.LnOdds(text));
        var doubt = Math.Log(table.Doubt / (1 - table.Doubt));
        var score = Math.Min(
            said.Score
                + Math.Clamp(informative - _informative.PriorLnOdds, table.LeastInformative, table.MostInformative)
                + Math.Clamp(eyewitness - _eyewitness.PriorLnOdds, 0, table.MostEyewitness),
            table.Full);
        return (informative < doubt && eyewitness < doubt) || score < table.Least
            ? PostJudgement.Nothing
            : new PostJudgement(said.Kind, score, Phrases(text, said)) { Credence = score / table.Full };
    }

    private IReadOnlyList<string> Phrases(PostText text, PostJudgement said) =>
    [
        .. said.Phrases.Take(MostPhrases - MostOfModel)
            .Union(_informative.Decisive(text, MostOfModel).Select(cue => PostJudgement.Signed(cue.Name, cue.LnOdds))),
    ];
}
