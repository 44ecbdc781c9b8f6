namespace CivicSignals.Ingest.Posts;

/// <summary>Judges what a post says happens. Pure: the same text, the same judgement.</summary>
internal interface IPostReader
{
    PostJudgement Read(PostText text);
}

/// <summary>What a post says.</summary>
/// <param name="Kind">A kind of the fusion model, such as <c>post.fire</c>; null: nothing that happens here and now.</param>
/// <param name="Score">How much it says so: about ln of a likelihood ratio.</param>
/// <param name="Phrases">What decided, for people; empty without a kind.</param>
internal readonly record struct PostJudgement(string? Kind, double Score, IReadOnlyList<string> Phrases)
{
    public static PostJudgement Nothing { get; } = new(null, 0, []);
}
