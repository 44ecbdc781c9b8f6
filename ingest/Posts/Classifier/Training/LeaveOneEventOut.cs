namespace CivicSignals.Ingest.Posts.Classifier.Training;

/// <summary>
/// One yes-or-no question over a corpus: learned, and judged on events that neither the weights nor the calibration have seen. Reposts of one text are of
/// one event, so they are never on both sides.
/// </summary>
internal sealed class LeaveOneEventOut
{
    private const int CalibrationFolds = 4;

    private readonly Corpus _corpus;
    private readonly bool[] _labels;
    private readonly int[] _posts;
    private readonly int _leastPosts;

    /// <param name="corpus">Posts.</param>
    /// <param name="labels">Of each; null: not judged, and left out.</param>
    /// <param name="leastPosts">Posts that a cue must occur in.</param>
    public LeaveOneEventOut(Corpus corpus, IReadOnlyList<bool?> labels, int leastPosts)
    {
        (_corpus, _leastPosts) = (corpus, leastPosts);
        _labels = [.. labels.Select(label => label == true)];
        _posts = [.. Enumerable.Range(0, labels.Count).Where(post => labels[post] is not null)];
    }

    /// <summary>Learns from all events; the calibration is of each event judged by a model of the others.</summary>
    public ModelPart Train()
    {
        var platt = Platt.Fit([.. Each(_corpus.Events.Length, of => Judge([of], [.. Others([of])])).SelectMany(judged => judged)]);
        return Trained.On(_corpus, _posts, _labels, _leastPosts).Calibrated(platt, _posts.Average(post => _labels[post] ? 1.0 : 0));
    }

    /// <summary>Per event the probabilities that a model of the other events gives.</summary>
    public IReadOnlyList<Scored>[] Evaluate() => Each(_corpus.Events.Length, of =>
    {
        var others = Others([of]).ToArray();
        var calibration = new List<Scored>();
        for (var fold = 0; fold < CalibrationFolds; fold++)
        {
            var held = others.Where((_, i) => i % CalibrationFolds == fold).ToArray();
            calibration.AddRange(Judge(held, [.. others.Except(held)]));
        }

        var platt = Platt.Fit(calibration);
        return (IReadOnlyList<Scored>)[.. Judge([of], others).Select(judged => judged with { Score = platt.Probability(judged.Score) })];
    });

    private IEnumerable<int> Others(int[] events) => Enumerable.Range(0, _corpus.Events.Length).Except(events);

    private List<Scored> Judge(int[] held, int[] learned) => [.. Trained.On(_corpus, Of(learned), _labels, _leastPosts).Score(Of(held), _labels)];

    private int[] Of(int[] events) => [.. _posts.Where(post => events.Contains(_corpus.EventOf[post]))];

    /// <summary>Side by side; the order of the answers is that of the events.</summary>
    private static T[] Each<T>(int events, Func<int, T> judge) => [.. Enumerable.Range(0, events).AsParallel().AsOrdered().Select(judge)];
}
