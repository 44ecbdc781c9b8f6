namespace CivicSignals.Areas;

/// <summary>An open incident of a neighbouring area that is the same event as one that was asked about.</summary>
/// <param name="Incident">Its id.</param>
/// <param name="Precedes">Whether it opened first: then it stays, and takes the other over.</param>
[GenerateSerializer, Immutable, Alias("match")]
public sealed record Match([property: Id(0)] string Incident, [property: Id(1)] bool Precedes);
