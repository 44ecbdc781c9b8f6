namespace CivicSignals.Ingest.Posts;

/// <summary>Where a frame stands in its stream.</summary>
/// <param name="Micros">When Jetstream saw it, in microseconds since 1970; 0: it does not say.</param>
/// <param name="Seq">Its number in the stream, version 2 only; 0: it does not say.</param>
/// <param name="Key">The same for what is said twice, and for nothing else; 0: nothing that could be doubled.</param>
/// <param name="Notice">What the server says of the stream itself, such as <c>ConsumerTooSlow</c> or <c>OutdatedCursor</c>; null: nothing.</param>
internal readonly record struct JetstreamMark(long Micros, long Seq, UInt128 Key, string? Notice);
