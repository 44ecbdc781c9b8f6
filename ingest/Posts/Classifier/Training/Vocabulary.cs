using System.Numerics;

namespace CivicSignals.Ingest.Posts.Classifier.Training;

/// <summary>The cues that a model may use, and how strongly each counts. A cue of few events is left out: it names an event, it does not tell of events.</summary>
internal sealed class Vocabulary
{
    private const int LeastEvents = 3;
    private const double Pairs = 0.7; // They repeat what their words say.
    private const double Telling = 0.3; // How much more a cue counts that tells the answers apart (Wang and Manning 2012).
    private const int None = -1;

    private readonly int[] _numbers;

    private Vocabulary(int[] numbers, int[] cues, float[] strengths) => (_numbers, Cues, Strengths) = (numbers, cues, strengths);

    /// <summary>The corpus's numbers of the cues.</summary>
    public int[] Cues { get; }

    /// <summary>By the number in here.</summary>
    public float[] Strengths { get; }

    /// <param name="corpus">Posts.</param>
    /// <param name="posts">The numbers of those to learn from.</param>
    /// <param name="labels">Of all posts.</param>
    /// <param name="leastPosts">Posts that a cue must occur in; a pair of words in twice as many.</param>
    public static Vocabulary Of(Corpus corpus, int[] posts, bool[] labels, int leastPosts)
    {
        var (so, otherwise, events) = (new int[corpus.CueCount], new int[corpus.CueCount], new ulong[corpus.CueCount]);
        var seen = 0UL;
        foreach (var post in posts)
        {
            var its = 1UL << corpus.EventOf[post];
            seen |= its;
            foreach (var cue in corpus.Cues[post])
            {
                (labels[post] ? so : otherwise)[cue]++;
                events[cue] |= its;
            }
        }

        var all = posts.Count(post => labels[post]);
        var (numbers, cues, strengths) = (new int[corpus.CueCount], new List<int>(), new List<float>());
        for (var cue = 0; cue < corpus.CueCount; cue++)
        {
            var isPair = corpus.NameOf(cue).Contains(' ', StringComparison.Ordinal);
            var (count, of) = (so[cue] + otherwise[cue], BitOperations.PopCount(events[cue]));
            numbers[cue] = of < LeastEvents || count < leastPosts * (isPair ? 2 : 1) ? None : cues.Count;
            if (numbers[cue] == None)
                continue;
            var spread = Math.Sqrt((double)of / BitOperations.PopCount(seen));
            var rare = 1 + Math.Log((double)posts.Length / count);
            var tells = Math.Abs(Math.Log((so[cue] + 1.0) / (all + 2) / ((otherwise[cue] + 1.0) / (posts.Length - all + 2))));
            cues.Add(cue);
            strengths.Add((float)(spread * rare * Math.Pow(tells + 0.001, Telling) * (isPair ? Pairs : 1)));
        }

        return new Vocabulary(numbers, [.. cues], [.. strengths]);
    }

    /// <summary>Posts as vectors of length one.</summary>
    public Rows Rows(Corpus corpus, int[] posts, bool[] labels)
    {
        var (starts, cues, values) = (new List<int> { 0 }, new List<int>(), new List<float>());
        foreach (var post in posts)
        {
            var (first, squares) = (cues.Count, 0f);
            foreach (var cue in corpus.Cues[post].Select(cue => _numbers[cue]).Where(number => number != None))
            {
                cues.Add(cue);
                values.Add(Strengths[cue]);
                squares += Strengths[cue] * Strengths[cue];
            }

            for (var i = first; i < values.Count; i++)
                values[i] /= MathF.Sqrt(squares);
            starts.Add(cues.Count);
        }

        return new Rows([.. starts], [.. cues], [.. values], [.. posts.Select(post => labels[post])], Cues.Length);
    }
}
