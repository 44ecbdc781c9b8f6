using System.Collections.Immutable;
using CivicSignals.Fusion;
using CivicSignals.Homes;
using CivicSignals.Incidents;
using CivicSignals.Signals;

namespace CivicSignals.Learning;

/// <summary>The working copy of an area's <see cref="SourceRecord"/>s while something is decided.</summary>
/// <param name="model">The numbers.</param>
/// <param name="before">In the order of (source, kind).</param>
/// <param name="now">The moment of decision.</param>
internal sealed class SourceRecords(FusionModel model, ImmutableArray<SourceRecord> before, DateTimeOffset now)
{
    /// <summary>Who has said nothing for so long is judged anew.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(730);

    /// <summary>A resident's name is another every day, so nothing is to be learnt of it after.</summary>
    private static readonly TimeSpan KeptOfResidents = TimeSpan.FromDays(2);

    private ImmutableArray<SourceRecord> _all = before;

    public ImmutableArray<SourceRecord> All => _all;

    /// <summary>Evidence with the weight that its source has earned.</summary>
    public Evidence Weigh(Evidence evidence, Hazard hazard)
    {
        if (_all.IsEmpty || IndexOf(evidence) is not (>= 0 and var at)
            || !model.Kinds.TryGetValue(evidence.Kind, out var kind) || kind.LnLr.GetValueOrDefault(hazard) is not (> 0 and var lnLr))
        {
            return evidence;
        }

        _all = _all.SetItem(at, _all[at] with { HeardAt = now });
        var weight = Math.Round(model.Reliability.Of(evidence.Kind, kind).Weight(_all[at], lnLr), 4);
        return weight < 1 ? evidence with { Reliability = weight } : evidence;
    }

    /// <summary>Counts a verdict for or against all that spoke for the incident.</summary>
    public void Take(Incident incident, Verdict verdict)
    {
        foreach (var evidence in incident.Evidence.Where(evidence => evidence.SpokeFor(incident.Hazard, model)))
        {
            var at = IndexOf(evidence);
            var record = at >= 0 ? _all[at] : new SourceRecord(evidence.Source, evidence.Kind, 0, 0, now);
            record = verdict == Verdict.Real ? record with { Right = record.Right + 1, HeardAt = now } : record with { Wrong = record.Wrong + 1, HeardAt = now };
            _all = at >= 0 ? _all.SetItem(at, record) : _all.Insert(~at, record);
            if (_all.Length > SourceRecord.MostPerArea)
                _all = _all.Remove(_all.MinBy(other => (other.HeardAt, other == record))!); // The newest word is not the one to go.
        }
    }

    /// <summary>Lets go of who was not heard for long.</summary>
    public void Lapse() => _all = _all.RemoveAll(record =>
        record.HeardAt < now - (record.Source.StartsWith(HomeRevision.ReportsRoot, StringComparison.Ordinal) ? KeptOfResidents : Kept));

    /// <summary>Forgets a home, or a reporter.</summary>
    public void Forget(HomeRevision home) => _all = _all.RemoveAll(record => home.Owns(record.Source));

    private int IndexOf(Evidence evidence) => _all.BinarySearch(new SourceRecord(evidence.Source, evidence.Kind, 0, 0, default), ByName.Instance);

    private sealed class ByName : IComparer<SourceRecord>
    {
        public static readonly ByName Instance = new();

        public int Compare(SourceRecord? x, SourceRecord? y) =>
            string.CompareOrdinal(x?.Source, y?.Source) is not 0 and var order ? order : string.CompareOrdinal(x?.Kind, y?.Kind);
    }
}
