using CivicSignals.Signals;

namespace CivicSignals.Ingest.Posts;

/// <summary>Where a post is about.</summary>
/// <param name="Place">With its uncertainty; null: nobody can tell.</param>
/// <param name="Words">Which words decided, as they are written; empty where none did.</param>
/// <param name="Why">Why nobody can tell.</param>
internal readonly record struct PostPlace(Place? Place, string Words, Abstention Why)
{
    public static PostPlace Abstain(Abstention why, string words = "") => new(null, words, why);
}

/// <summary>Why a post has no place.</summary>
internal enum Abstention : byte
{
    /// <summary>It has one.</summary>
    None,

    /// <summary>It names none.</summary>
    NoName,

    /// <summary>What it names may be in places that lie too far apart.</summary>
    Ambiguous,

    /// <summary>What it names is probably somewhere that is not served.</summary>
    Elsewhere,
}
