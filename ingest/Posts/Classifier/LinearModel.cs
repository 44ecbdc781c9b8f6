using System.Collections.Frozen;

namespace CivicSignals.Ingest.Posts.Classifier;

/// <summary>One question that the model answers, ready to be asked. Pure, thread-safe, without allocation but for <see cref="Decisive"/>.</summary>
internal sealed class LinearModel
{
    private const int LeastLetters = 4; // The shorter ones are mostly the, of, in: people would wonder.

    private readonly FrozenDictionary<ulong, int> _numbers;
    private readonly string[] _names;
    private readonly float[] _strengths;
    private readonly float[] _weights;
    private readonly ModelPart _part;

    public LinearModel(ModelPart part)
    {
        _part = part;
        _names = [.. part.Cues.Keys];
        _strengths = [.. part.Cues.Values.Select(numbers => (float)numbers[0])];
        _weights = [.. part.Cues.Values.Select(numbers => (float)numbers[1])];
        var numbers = new Dictionary<ulong, int>();
        for (var i = 0; i < _names.Length; i++)
            numbers[PostCues.HashOf(_names[i])] = i;
        _numbers = numbers.ToFrozenDictionary();
        PriorLnOdds = Math.Log(part.Share / (1 - part.Share));
    }

    /// <summary>ln odds before anything is read, as in training.</summary>
    public double PriorLnOdds { get; }

    /// <summary>How probable it is of a post, 0..1, among posts as in training.</summary>
    public double Probability(PostText text) => 1 / (1 + Math.Exp(-LnOdds(text)));

    /// <summary>The same as ln odds.</summary>
    public double LnOdds(PostText text)
    {
        Span<int> found = stackalloc int[PostCues.Most];
        return LnOdds(found[..Find(text, found)]);
    }

    /// <summary>The cues of a text that moved the answer most, the strongest first. Their names only: words of the model, none of the text's own.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">How many at most.</param>
    public IReadOnlyList<(string Name, double LnOdds)> Decisive(PostText text, int most)
    {
        Span<int> found = stackalloc int[PostCues.Most];
        found = found[..Find(text, found)];
        var by = _part.Slope / Length(found);
        return
        [
            .. found.ToArray().Select(cue => (Name: _names[cue], LnOdds: by * _strengths[cue] * _weights[cue]))
                .Where(cue => cue.Name.Length >= LeastLetters && !cue.Name.Contains(PostCues.ShapeMark, StringComparison.Ordinal) && !cue.Name.EndsWith(PostCues.StemMark))
                .OrderByDescending(cue => Math.Abs(cue.LnOdds)).ThenBy(cue => cue.Name, StringComparer.Ordinal).Take(most),
        ];
    }

    private double LnOdds(ReadOnlySpan<int> found)
    {
        double sum = 0;
        foreach (var cue in found)
            sum += _strengths[cue] * _weights[cue];
        return (_part.Slope * (_part.Bias + (sum / Length(found)))) + _part.Shift;
    }

    /// <summary>Of the text as a vector: a long text shouts no louder than a short one.</summary>
    private double Length(ReadOnlySpan<int> found)
    {
        double squares = 0;
        foreach (var cue in found)
            squares += _strengths[cue] * _strengths[cue];
        return squares > 0 ? Math.Sqrt(squares) : 1;
    }

    /// <summary>The cues that the model knows, each once.</summary>
    private int Find(PostText text, Span<int> found)
    {
        Span<ulong> cues = stackalloc ulong[PostCues.Most];
        cues = cues[..PostCues.Of(text, cues)];
        var count = 0;
        foreach (var cue in cues)
        {
            if (_numbers.TryGetValue(cue, out var number) && !found[..count].Contains(number))
                found[count++] = number;
        }

        return count;
    }
}
