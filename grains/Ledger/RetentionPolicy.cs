using CivicSignals.Signals;

namespace CivicSignals.Ledger;

/// <summary>How long what is kept, counted from the last entry of a closed incident.</summary>
/// <param name="Detail">Who said what exactly where, and what people wrote; then the incident is reduced to what statistics need.</param>
/// <param name="Incidents">Incidents with all that is left of them, by hazard.</param>
public sealed record RetentionPolicy(TimeSpan Detail, IReadOnlyDictionary<Hazard, TimeSpan> Incidents)
{
    /// <summary>What was true of a home, a feed or a power cut and is no more: enough for a year's comparison.</summary>
    public static readonly TimeSpan Past = TimeSpan.FromDays(365);

    /// <summary>
    /// The hazards with the moment before which incidents about them are removed; hazard "": incidents of which nothing is left but what was done after they
    /// were removed.
    /// </summary>
    public IEnumerable<(string Hazard, DateTimeOffset Before)> Ends(DateTimeOffset now) =>
        [.. Incidents.Select(hazard => (hazard.Key.ToString(), now - hazard.Value)), ("", now - Detail)];
}
