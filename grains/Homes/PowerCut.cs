namespace CivicSignals.Homes;

/// <summary>Many homes of one area that fell silent together.</summary>
/// <param name="Area">Quadkey of the area.</param>
/// <param name="Homes">How many fell silent.</param>
/// <param name="Of">Of how many that were there in the hour before.</param>
/// <param name="Since">When the first of them fell silent, UTC.</param>
/// <param name="Until">When most were back, UTC; null: it lasts.</param>
public sealed record PowerCut(string Area, int Homes, int Of, DateTimeOffset Since, DateTimeOffset? Until = null);
