namespace CivicSignals.Ingest.Posts.Classifier.Training;

/// <summary>A model that is not calibrated yet.</summary>
internal sealed class Trained
{
    private readonly Corpus _corpus;
    private readonly Vocabulary _vocabulary;
    private readonly double[] _weights;

    private Trained(Corpus corpus, Vocabulary vocabulary, double[] weights) => (_corpus, _vocabulary, _weights) = (corpus, vocabulary, weights);

    /// <param name="corpus">Posts.</param>
    /// <param name="posts">The numbers of those to learn from.</param>
    /// <param name="labels">Of all posts.</param>
    /// <param name="leastPosts">Posts that a cue must occur in.</param>
    public static Trained On(Corpus corpus, int[] posts, bool[] labels, int leastPosts)
    {
        var vocabulary = Vocabulary.Of(corpus, posts, labels, leastPosts);
        return new Trained(corpus, vocabulary, LogisticRegression.Fit(vocabulary.Rows(corpus, posts, labels)));
    }

    /// <summary>What it says of posts, and what is so.</summary>
    public IEnumerable<Scored> Score(int[] posts, bool[] labels)
    {
        var rows = _vocabulary.Rows(_corpus, posts, labels);
        for (var row = 0; row < posts.Length; row++)
        {
            var score = _weights[^1];
            for (var i = rows.Starts[row]; i < rows.Starts[row + 1]; i++)
                score += _weights[rows.Cues[i]] * rows.Values[i];
            yield return new Scored(score, rows.Labels[row]);
        }
    }

    /// <summary>For the model file.</summary>
    public ModelPart Calibrated(Platt platt, double share)
    {
        var cues = new Dictionary<string, double[]>(StringComparer.Ordinal);
        for (var i = 0; i < _vocabulary.Cues.Length; i++)
            cues.Add(_corpus.NameOf(_vocabulary.Cues[i]), [_vocabulary.Strengths[i], _weights[i]]);
        return new ModelPart(share, _weights[^1], platt.Slope, platt.Shift, cues);
    }
}
