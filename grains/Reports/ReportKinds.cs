using CivicSignals.Signals;

namespace CivicSignals.Reports;

/// <summary>What residents can report, in the words of forms and API; the fusion model calls them <c>report.{word}</c>.</summary>
public static class ReportKinds
{
    private static readonly Dictionary<string, Hazard> Hazards = new(StringComparer.Ordinal)
    {
        ["fire"] = Hazard.Fire,
        ["gas"] = Hazard.Gas,
        ["flood"] = Hazard.Flood,
        ["crash"] = Hazard.RoadCrash,
        ["road-hazard"] = Hazard.RoadHazard,
        ["intrusion"] = Hazard.Intrusion,
        ["disorder"] = Hazard.Disorder,
        ["medical"] = Hazard.Medical,
    };

    /// <summary>All of them, in the order in which a form offers them.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Hazards.Keys];

    /// <summary>What someone says who sees that hazard; null: nobody can see it, as carbon monoxide.</summary>
    public static string? Of(Hazard hazard) => Hazards.FirstOrDefault(kind => kind.Value == hazard).Key;
}
