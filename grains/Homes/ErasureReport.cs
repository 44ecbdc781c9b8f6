namespace CivicSignals.Homes;

/// <summary>What an erasure removed.</summary>
/// <param name="Entries">Lines of the ledger in which the home was replaced by the word <c>erased</c>.</param>
/// <param name="Incidents">Incidents that they belong to.</param>
/// <param name="StandsInFile">Whether the registry file still names the home: take it out there too, or the file's next change brings it back.</param>
public sealed record ErasureReport(int Entries, int Incidents, bool StandsInFile);
