using System.Collections.Immutable;
using CivicSignals.Fusion;
using CivicSignals.Homes;
using CivicSignals.Incidents;

namespace CivicSignals.Areas;

/// <summary>
/// Evidence that came before its incident: a post before the alarm, the first vehicles of a burst. Order of arrival must not decide what counts.
/// </summary>
/// <param name="model">How long a kind waits.</param>
/// <param name="waiting">What waited before.</param>
/// <param name="now">What has waited for its time by now is dropped.</param>
internal sealed class WaitingEvidence(FusionModel model, ImmutableArray<Evidence> waiting, DateTimeOffset now)
{
    /// <summary>Bound against floods; the oldest go first.</summary>
    private const int Most = 256;

    private ImmutableArray<Evidence> _all = waiting.IsEmpty ? waiting : waiting.RemoveAll(evidence => IsOver(evidence, model, now));

    public ImmutableArray<Evidence> All => _all;

    /// <summary>Lets evidence wait, if its kind waits.</summary>
    /// <returns>Whether it must be on disk: nobody will say it again. Vehicles of a burst do, or have moved on.</returns>
    public bool Add(Evidence evidence)
    {
        if (!model.Kinds.TryGetValue(evidence.Kind, out var kind) || kind.WaitMinutes == 0 || IsOver(evidence, model, now))
            return false;
        Remove(new LatchKey(evidence.Source, evidence.Kind));
        _all = _all.Length < Most ? _all.Add(evidence) : _all.RemoveAt(0).Add(evidence);
        return kind.Burst is null;
    }

    /// <summary>The waiting evidence that makes a burst together with the newest; empty when there are too few.</summary>
    public IReadOnlyList<Evidence> Burst(Evidence newest, BurstRule rule)
    {
        var others = _all.Where(other => Joins(other, newest, rule)).ToList();
        return others.Select(other => other.Source).Distinct().Count() + 1 >= rule.Least ? others : [];
    }

    /// <summary>What an incident explains that has just opened.</summary>
    public IReadOnlyList<Evidence> For(Incident incident) =>
        [.. _all.Where(evidence => model.Kinds.TryGetValue(evidence.Kind, out var kind) && kind.Burst is null && Association.Belongs(evidence, incident, kind, now, model))];

    public void Remove(IEnumerable<Evidence> joined) => _all = _all.RemoveRange(joined);

    /// <returns>Whether it was there.</returns>
    public bool Remove(LatchKey key)
    {
        var before = _all.Length;
        _all = _all.RemoveAll(evidence => evidence.Source == key.Source && evidence.Kind == key.Kind);
        return _all.Length < before;
    }

    public void Remove(HomeRevision home) => _all = _all.RemoveAll(evidence => home.Owns(evidence.Source, evidence.Premises));

    /// <summary>Whether two sources say the same of one place at one time.</summary>
    public static bool Joins(Evidence other, Evidence newest, BurstRule rule) =>
        other.Kind == newest.Kind
        && other.Source != newest.Source
        && (other.At - newest.At).Duration().TotalSeconds <= rule.WithinSeconds
        && Geo.DistanceM(other.Place, newest.Place) - other.Place.UncertaintyM - newest.Place.UncertaintyM <= rule.RadiusM;

    private static bool IsOver(Evidence evidence, FusionModel model, DateTimeOffset now) =>
        !model.Kinds.TryGetValue(evidence.Kind, out var kind) || now - evidence.At > TimeSpan.FromMinutes(kind.WaitMinutes);
}
