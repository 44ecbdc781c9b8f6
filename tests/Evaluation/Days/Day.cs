namespace CivicSignals.Evaluation.Days;

/// <summary>A finished day: what happened, and the lines that reach the platform, in the order in which they do.</summary>
internal sealed record Day(
    int Seed,
    Disturbances Disturbances,
    IReadOnlyList<TrueIncident> Incidents,
    IReadOnlyList<Observation> Observations,
    IReadOnlyList<string> Notes,
    IReadOnlyList<(DateTimeOffset At, string Body)> Lines);
