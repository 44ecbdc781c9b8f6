using CivicSignals.Signals;

namespace CivicSignals.Reports;

/// <summary>Finds places by what people call them.</summary>
public interface IPlaceFinder
{
    /// <summary>The place of a UK postcode or its first half, with its size as uncertainty; null: not known here. Pure memory, never throws.</summary>
    /// <param name="text">As people write it: any case, with or without the blank; more than 10 characters are none.</param>
    Place? Postcode(string text);
}
