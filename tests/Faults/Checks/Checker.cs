using CivicSignals.Faults.Load;

namespace CivicSignals.Faults.Checks;

/// <summary>Knows what was sent, acknowledged, committed and alerted, and decides.</summary>
internal sealed class Checker(IReadOnlyList<Sent> acknowledged, IReadOnlyList<string> burnt, IReadOnlyList<Entry> ledger)
{
    private const int MostNamed = 5;

    private readonly List<string> _faults = [];

    /// <param name="readers">The numbers of alerts that a reader on each silo was sent.</param>
    public Verdict Decide(IReadOnlyList<(string Name, IReadOnlyList<long> Alerts)> readers)
    {
        var alerts = ledger.Where(entry => entry.Kind == EntryKind.Alert).ToList();
        var overtaken = CheckEvidence();
        CheckIncidents();
        CheckAlerts(alerts);
        foreach (var (name, seen) in readers)
            CheckReader(name, seen, alerts);
        Check("numbers of the ledger twice", ledger.GroupBy(entry => entry.Seq).Where(number => number.Count() > 1).Select(number => $"{number.Key}"));
        return new Verdict(acknowledged.Count, burnt.Count, alerts.Count, _faults) { Overtaken = overtaken, StillSounding = StillSounding() };
    }

    /// <summary>Every alarm that was acknowledged is evidence, and every alarm's end too unless another alarm of its sensor overtook it.</summary>
    private int CheckEvidence()
    {
        var kept = ledger.Where(entry => entry.Kind == EntryKind.Evidence).Select(entry => entry.Observation).ToHashSet();
        Check("alarms acknowledged and lost", acknowledged.Where(sent => !sent.Ended && !kept.Contains(sent.Key)).Select(Name));
        var ends = acknowledged.Where(sent => sent.Ended && !kept.Contains(sent.Key)).ToList();
        Check("ends acknowledged and lost", ends.Where(end => !kept.Contains((end.Source, end.Event, false))).Select(Name));
        return ends.Count;
    }

    /// <summary>Sensors whose last word was an end, and whose last evidence is an alarm that has none.</summary>
    private int StillSounding()
    {
        var last = ledger.Where(entry => entry.Kind == EntryKind.Evidence).GroupBy(entry => entry["source"]!).ToDictionary(source => source.Key, source => source.Last().Observation.Ended);
        return acknowledged.GroupBy(sent => sent.Source).Count(source => source.Last().Ended && !last.GetValueOrDefault(source.Key, true));
    }

    /// <summary>One home that burns is one incident.</summary>
    private void CheckIncidents()
    {
        var incidents = ledger.Where(entry => entry.Kind == EntryKind.Evidence)
            .GroupBy(entry => entry["premises"] ?? "")
            .ToDictionary(home => home.Key, home => home.Select(entry => entry.Incident).Distinct().Count());
        Check("fires lost", burnt.Select(TownFiles.PremisesOf).Where(home => !incidents.ContainsKey(home)));
        Check("incidents doubled", incidents.Where(home => home.Value > 1).Select(home => $"{home.Key}: {home.Value}"));
    }

    /// <summary>One incident is one alert to the control room, whose versions follow one another.</summary>
    private void CheckAlerts(List<Entry> alerts)
    {
        var homes = ledger.Where(entry => entry.Kind == EntryKind.Evidence).GroupBy(entry => entry.Incident).ToDictionary(incident => incident.Key, incident => incident.First()["premises"] ?? "");
        var told = alerts.Where(alert => alert["audience"] == "ControlRoom").ToLookup(alert => homes.GetValueOrDefault(alert.Incident, ""));
        Check("fires without an alert", burnt.Select(TownFiles.PremisesOf).Where(home => !told[home].Any()));
        Check("alerts doubled", told
            .Where(home => home.Select(alert => alert.Alert.Id).Distinct().Count() > 1 || home.Count(alert => alert["msgType"] == "Alert") > 1)
            .Select(home => home.Key));
        Check("versions of an alert not in order", alerts
            .GroupBy(alert => alert.Alert.Id)
            .Where(alert => !alert.Select(version => version.Alert.Version).SequenceEqual(Enumerable.Range(1, alert.Count())))
            .Select(alert => $"{alert.Key}: {string.Join(' ', alert.Select(version => version.Alert.Version))}"));
    }

    private void CheckReader(string name, IReadOnlyList<long> seen, List<Entry> alerts)
    {
        Check($"alerts that the reader on {name} was not sent", alerts.Select(alert => alert.Seq).Except(seen).Select(seq => $"{seq}"));
        Check($"alerts that the reader on {name} was sent twice", seen.GroupBy(seq => seq).Where(seq => seq.Count() > 1).Select(seq => $"{seq.Key}"));
        Check($"alerts that the reader on {name} was sent and the ledger does not have", seen.Except(alerts.Select(alert => alert.Seq)).Select(seq => $"{seq}"));
    }

    private void Check(string what, IEnumerable<string> wrong)
    {
        var all = wrong.ToList();
        if (all.Count > 0)
            _faults.Add($"{all.Count} {what}: {string.Join(", ", all.Take(MostNamed))}");
    }

    private static string Name(Sent sent) => $"{sent.Source} {sent.Event}{(sent.Ended ? " end" : "")} ({sent.Acknowledged:HH:mm:ss.fff})";
}
