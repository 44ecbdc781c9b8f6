namespace CivicSignals.Ingest.Posts;

/// <summary>Where an event stands in its stream.</summary>
/// <param name="Id">Of a new post, as its server counts; null: it is none.</param>
/// <param name="Key">The same for what is said twice, and for nothing else; 0: nothing that could be doubled.</param>
internal readonly record struct MastodonMark(string? Id, UInt128 Key);
