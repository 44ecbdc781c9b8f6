using CivicSignals.Alerts;
using CivicSignals.Fusion;
using CivicSignals.Incidents;
using CivicSignals.Neighbourhoods;
using CivicSignals.Signals;

namespace CivicSignals.Learning;

/// <summary>What would have been decided otherwise about one recorded incident.</summary>
/// <param name="Incident">Its id.</param>
/// <param name="Hazard">What may have happened.</param>
/// <param name="Verdict">What a person found it to be, or null.</param>
/// <param name="Told">Whom the present model tells.</param>
/// <param name="WouldTell">Whom the candidate would.</param>
/// <param name="Belief">The present model's belief, at its highest, 0..1.</param>
/// <param name="WouldBelieve">The candidate's.</param>
/// <param name="Confirmed">Whether the present model confirms it, and whether the candidate would.</param>
public sealed record ChangedDecision(
    string Incident,
    Hazard Hazard,
    Verdict? Verdict,
    IReadOnlyList<Audience> Told,
    IReadOnlyList<Audience> WouldTell,
    double Belief,
    double WouldBelieve,
    (bool Now, bool Then) Confirmed);

/// <summary>Judges recorded incidents by two models, moment by moment as they were recorded, and keeps what comes out otherwise. Pure.</summary>
public sealed class DecisionComparison(FusionModel present, FusionModel candidate, AlertPolicy policy)
{
    private readonly Side _now = new(present, policy);
    private readonly Side _then = new(candidate, policy);
    private readonly List<ChangedDecision> _changed = [];

    /// <summary>Incidents that have ended.</summary>
    public int Count { get; private set; }

    /// <summary>In the order in which the incidents ended.</summary>
    public IReadOnlyList<ChangedDecision> Changed => _changed;

    /// <summary>Takes the moments of the ledger in, in their order.</summary>
    public void Take(RecordedMoment moment)
    {
        if (moment.Incident.Stage == Stage.Open)
        {
            if (moment.Incident.Evidence.IsEmpty)
                return;
            _now.Take(moment);
            _then.Take(moment);
            return;
        }

        var (now, then) = (_now.End(moment.Incident.Id), _then.End(moment.Incident.Id));
        if (now is null || then is null)
            return;
        Count++;
        if (!now.Told.SequenceEqual(then.Told) || now.Confirmed != then.Confirmed)
            _changed.Add(new ChangedDecision(moment.Incident.Id, moment.Incident.Hazard, moment.Verdict, now.Told, then.Told, now.Belief, then.Belief, (now.Confirmed, then.Confirmed)));
    }

    /// <summary>What one model makes of the incidents that are open.</summary>
    private sealed class Side(FusionModel model, AlertPolicy policy)
    {
        private readonly Announcer _announcer = new(model, policy, NeighbourhoodMap.Empty);
        private readonly Dictionary<string, Standing> _open = [];

        public void Take(RecordedMoment moment)
        {
            var incident = moment.Incident;
            var byPerson = incident.Confirmation?.Rule == ConfirmationRule.Operator;
            incident = incident with { Confirmation = byPerson ? incident.Confirmation : new Confirmer(incident, model).Find(moment.At) };
            var judgement = Belief.Of(incident, moment.At, model);
            var told = _announcer.Announce(incident, judgement, moment.At).Alerts.Select(alert => alert.Audience);
            var before = _open.GetValueOrDefault(incident.Id) ?? new Standing([], 0, false);
            _open[incident.Id] = new Standing(
                [.. before.Told.Union(told).Order()],
                byPerson ? before.Belief : Math.Max(before.Belief, judgement.Belief),
                before.Confirmed || incident.Confirmation is not null);
        }

        public Standing? End(string incident) => _open.Remove(incident, out var standing) ? standing : null;
    }

    private sealed record Standing(IReadOnlyList<Audience> Told, double Belief, bool Confirmed);
}
