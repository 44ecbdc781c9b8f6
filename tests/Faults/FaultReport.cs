using System.Globalization;
using CivicSignals.Faults.Checks;
using CivicSignals.Faults.Kinds;

namespace CivicSignals.Faults;

/// <summary>What became of a run.</summary>
/// <param name="Kind">Which fault, the first of several.</param>
/// <param name="Recoveries">One for each time that it was made.</param>
/// <param name="Verdict">Of the checker.</param>
/// <param name="Figures">Measured besides.</param>
/// <param name="Problems">What went wrong besides.</param>
internal sealed record FaultReport(
    FaultKind Kind, IReadOnlyList<Recovery> Recoveries, Verdict Verdict, IReadOnlyList<(string Name, TimeSpan Took)> Figures, IReadOnlyList<string> Problems)
{
    public const string Head = """
        | fault | times | counted from | taken over p50 / p95 / max, s | longest wait p50 / p95 / max, s | alarms acknowledged | lost | fires | lost or doubled | alert p50 / p99 / max, s |
        |---|---:|---|---:|---:|---:|---:|---:|---:|---:|
        """;

    /// <summary>From PUBACK to ledger, of each alarm.</summary>
    public IReadOnlyList<TimeSpan> Waits { get; init; } = [];

    /// <summary>Of each fire, the second alarm's PUBACK, and from then to the alert in the ledger.</summary>
    public IReadOnlyList<(DateTimeOffset Alight, TimeSpan Took)> Alerts { get; init; } = [];

    public bool Passed => Verdict.Passed && Problems.Count == 0;

    /// <summary>Everything that should not be.</summary>
    public IEnumerable<string> Wrong => Verdict.Faults.Concat(Problems);

    /// <summary>A row of the table.</summary>
    public string Row()
    {
        var lost = Verdict.Faults.Where(fault => fault.Contains("acknowledged and lost", StringComparison.Ordinal)).ToList();
        var others = Verdict.Faults.Count - lost.Count;
        return string.Create(CultureInfo.InvariantCulture, $"| `{Kind.Name}` | {Recoveries.Count} | {Kind.From} | {Spread(Recoveries.Select(r => r.TakenOver ?? TimeSpan.MaxValue), 0.95)} | {Spread(Recoveries.Select(r => r.LongestWait), 0.95)} | {Verdict.Acknowledged} | {(lost.Count == 0 ? "0" : string.Join("; ", lost))} | {Verdict.Fires} | {(others == 0 ? "0" : $"{others}, see below")} | {Spread(Alerts.Select(alert => alert.Took), 0.99)} |");
    }

    /// <summary>What else there is to say.</summary>
    public IEnumerable<string> Notes()
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"{Kind.Name}: alarm's PUBACK to ledger {Spread(Waits, 0.99)} s; {Verdict.Overtaken} ends overtaken, {Verdict.StillSounding} sensors silent and still sounding in the ledger");
        yield return $"{Kind.Name}: the slowest alerts: {string.Join(", ", Alerts.OrderByDescending(alert => alert.Took).Take(5).Select(alert => $"{alert.Alight:HH:mm:ss.f} {Seconds(alert.Took)} s"))}";
        foreach (var figure in Figures.GroupBy(figure => figure.Name))
            yield return string.Create(CultureInfo.InvariantCulture, $"{Kind.Name}: {figure.Key} {Spread(figure.Select(one => one.Took), 0.95)} s ({figure.Count()})");
        foreach (var wrong in Wrong)
            yield return $"{Kind.Name}: WRONG: {wrong}";
    }

    private static string Spread(IEnumerable<TimeSpan> times, double high)
    {
        var sorted = times.Order().ToList();
        return sorted.Count == 0 ? "-" : $"{Seconds(At(sorted, 0.5))} / {Seconds(At(sorted, high))} / {Seconds(sorted[^1])}";
    }

    private static TimeSpan At(List<TimeSpan> sorted, double share) => sorted[Math.Min(sorted.Count - 1, (int)(share * sorted.Count))];

    private static string Seconds(TimeSpan time) => time == TimeSpan.MaxValue ? "never" : time.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);
}
