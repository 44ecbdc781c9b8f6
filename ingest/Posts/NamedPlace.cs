using CivicSignals.Signals;

namespace CivicSignals.Ingest.Posts;

/// <summary>One row of a gazetteer.</summary>
/// <param name="Name">As people write it: a street, a neighbourhood, a town, a postcode (<c>LL13 8AA</c>) or the first part of one (<c>LL13</c>).</param>
/// <param name="Place">Its middle, and the radius that holds it.</param>
public sealed record NamedPlace(string Name, Place Place);
