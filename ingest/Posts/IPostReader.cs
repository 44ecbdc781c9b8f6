namespace CivicSignals.Ingest.Posts;

/// <summary>Judges what a post says happens. Pure: the same text, the same judgement.</summary>
internal interface IPostReader
{
    PostJudgement Read(PostText text);
}

/// <summary>What a post says.</summary>
/// <param name="Kind">A kind of the fusion model, such as <c>post.fire</c>; null: nothing that happens here and now.</param>
/// <param name="Score">How much it says so: about ln of a likelihood ratio.</param>
/// <param name="Phrases">What raised (+) or lowered (−) it, for people, in words of the tables and not of the text, the weightiest first; empty without a kind.</param>
internal readonly record struct PostJudgement(string? Kind, double Score, IReadOnlyList<string> Phrases)
{
    /// <summary>How much it counts of what its kind counts at most, 0..1.</summary>
    public double Credence { get; init; } = 1;

    public static PostJudgement Nothing { get; } = new(null, 0, []);

    /// <summary>A phrase as an explanation shows it.</summary>
    public static string Signed(string phrase, double weight) => (weight < 0 ? "−" : "+") + phrase;
}
