using System.Collections.Immutable;
using CivicSignals.Alerts;
using CivicSignals.Fusion;
using CivicSignals.Homes;
using CivicSignals.Incidents;
using CivicSignals.Signals;

namespace CivicSignals.Learning;

/// <summary>The working copy of an area's <see cref="FalseCallRecord"/>s while something is decided, and the steps that were taken.</summary>
internal sealed class FalseCallRecords(FalseCallPolicy policy, FusionModel model, string area, ImmutableArray<FalseCallRecord> before, DateTimeOffset now)
{
    private readonly List<ActionLine> _steps = [];
    private readonly SortedDictionary<string, FalseCallStanding> _changed = new(StringComparer.Ordinal);
    private ImmutableArray<FalseCallRecord> _all = before;

    public ImmutableArray<FalseCallRecord> All => _all;

    /// <summary>The steps taken, for the ledger.</summary>
    public IReadOnlyList<ActionLine> Steps => _steps;

    /// <summary>Whoever stands otherwise than before; without calls: not at all any more.</summary>
    public IReadOnlyCollection<FalseCallStanding> Changed => _changed.Values;

    /// <summary>When the first of some records next stands otherwise by itself, or null.</summary>
    public static DateTimeOffset? Due(FalseCallPolicy policy, ImmutableArray<FalseCallRecord> records)
    {
        DateTimeOffset? due = null;
        foreach (var record in records)
        {
            if (policy.For(record.Hazard, record.Service) is { } rule && (due is null || record.Due(rule) < due))
                due = record.Due(rule);
        }

        return due;
    }

    /// <summary>Counts an incident that a person found false, where a service was told of it, or would have been.</summary>
    public void Take(Incident incident)
    {
        var told = Told(incident);
        var withheld = Withheld(incident);
        foreach (var premises in Premises(incident))
        {
            foreach (var rule in policy.Rules.Where(rule => rule.Hazards.Contains(incident.Hazard) && ((told | withheld) & ServiceNames.Parse(rule.Service)) != 0))
            {
                var known = Find(premises, incident.Hazard, rule.Service);
                Change(known, known is null
                    ? FalseCallRecord.First(premises, incident.Hazard, rule.Service, incident.Id, rule, now)
                    : known.With(incident.Id, rule, now), rule);
            }
        }
    }

    /// <summary>Lets go what does not count any more.</summary>
    public void Lapse()
    {
        foreach (var record in _all)
        {
            if (policy.For(record.Hazard, record.Service) is not { } rule)
                _all = _all.Remove(record);
            else if (record.At(rule, now) is var after && after != record)
                Change(record, after, rule);
        }
    }

    /// <summary>A person says that the cause is fixed: the response is restored, and the count starts anew.</summary>
    /// <returns>False: it is not withdrawn.</returns>
    public bool Restore(FalseCallRestoration restoration)
    {
        if (Find(restoration.Premises, restoration.Hazard, restoration.Service) is not { Step: FalseCallStep.Withdrawn } record
            || policy.For(record.Hazard, record.Service) is not { } rule)
        {
            return false;
        }

        Change(record, null, rule, restoration);
        return true;
    }

    /// <summary>The services that are not told of an incident unless it is confirmed: nobody speaks for it but one premises whose response is withdrawn.</summary>
    public Consents Withheld(Incident incident) =>
        Withholding(incident).Aggregate(Consents.None, (flags, standing) => flags | ServiceNames.Parse(standing.Service));

    /// <summary>An incident's line with what false calls have to do with it.</summary>
    public IncidentLine Tell(IncidentLine line, Incident incident)
    {
        if (_all.IsEmpty)
            return line;
        var standings = Premises(incident).SelectMany(premises => Standings(premises, incident.Hazard)).ToList();
        var withheld = incident.Stage == Stage.Open ? Withholding(incident).ToList() : [];
        return standings.Count == 0 ? line : line with
        {
            FalseCalls = standings,
            Withheld = withheld.Count == 0 ? null : string.Join(". ", withheld.Select(standing => $"Not sent to {standing.Service} unless it is confirmed: {standing.Says}")),
        };
    }

    /// <summary>Whether an incident may be told of otherwise than before.</summary>
    public bool Concerns(Incident incident) =>
        _changed.Count > 0 && Premises(incident).Any(premises => _changed.Values.Any(standing => standing.Premises == premises && standing.Hazard == incident.Hazard));

    /// <summary>Forgets a home.</summary>
    public void Forget(HomeRevision home) => _all = _all.RemoveAll(record => record.Premises == home.Premises);

    private IEnumerable<FalseCallStanding> Withholding(Incident incident)
    {
        if (_all.IsEmpty || incident.Confirmation is not null || !incident.Evidence.All(evidence => evidence.Premises is not null || !evidence.SpokeFor(incident.Hazard, model)))
            return [];
        var told = Told(incident);
        return Premises(incident).ToList() is [var premises]
            ? Standings(premises, incident.Hazard).Where(standing => standing.Step == FalseCallStep.Withdrawn && (told & ServiceNames.Parse(standing.Service)) == 0)
            : [];
    }

    private IEnumerable<FalseCallStanding> Standings(string premises, Hazard hazard)
    {
        foreach (var record in _all)
        {
            if (record.Premises == premises && record.Hazard == hazard && policy.For(hazard, record.Service) is { } rule && record.At(rule, now) is { } standing)
                yield return FalseCallStanding.Of(standing, rule, area);
        }
    }

    /// <summary>The premises that speak for an incident.</summary>
    private IEnumerable<string> Premises(Incident incident) => incident.Evidence
        .Where(evidence => evidence.Premises is not null && evidence.SpokeFor(incident.Hazard, model))
        .Select(evidence => evidence.Premises!)
        .Distinct()
        .Order(StringComparer.Ordinal);

    private static Consents Told(Incident incident) =>
        incident.Alerts.FirstOrDefault(track => track.Audience == Audience.ControlRoom)?.Services ?? Consents.None;

    private FalseCallRecord? Find(string premises, Hazard hazard, string service) =>
        _all.FirstOrDefault(record => record.Premises == premises && record.Hazard == hazard && record.Service == service)
            is { } record && policy.For(hazard, service) is { } rule ? record.At(rule, now) : null;

    private void Change(FalseCallRecord? known, FalseCallRecord? after, FalseCallRule rule, FalseCallRestoration? by = null)
    {
        var subject = (after ?? known)!;
        var before = _all.FirstOrDefault(record => Key(record) == Key(subject))?.Step ?? FalseCallStep.Counted;
        _all = [.. _all.Where(record => Key(record) != Key(subject)).Concat(after is null ? [] : [after]).OrderBy(Key, StringComparer.Ordinal)];
        if (_all.Length > FalseCallRecord.MostPerArea)
            Evict();
        var standing = FalseCallStanding.Of(subject, rule, area);
        _changed[Key(subject)] = after is null ? standing with { Calls = 0 } : standing;
        if (before != (after?.Step ?? FalseCallStep.Counted))
            _steps.Add(Step(before, after, standing, by));
    }

    private void Evict()
    {
        var least = _all.MinBy(record => record.Calls[^1])!;
        _all = _all.Remove(least);
        if (policy.For(least.Hazard, least.Service) is { } rule)
            _changed[Key(least)] = FalseCallStanding.Of(least, rule, area) with { Calls = 0 };
    }

    private ActionLine Step(FalseCallStep before, FalseCallRecord? after, FalseCallStanding standing, FalseCallRestoration? by)
    {
        var action = after?.Step switch
        {
            FalseCallStep.Withdrawn => FalseCallActions.Withdrawn,
            FalseCallStep.Warned => FalseCallActions.Warned,
            _ when before == FalseCallStep.Withdrawn => FalseCallActions.Restored,
            _ => FalseCallActions.WarningEnded,
        };
        var why = after is not null ? standing.Says
            : by is null ? "no false call for long enough"
            : by.Note.Length > 0 ? $"the cause is fixed: {by.Note}" : "the cause is fixed";
        return new ActionLine(
            now, "action", standing.Incident, action, by?.User ?? FalseCallActions.Platform, $"{standing.Premises}, {AlertWords.Name(standing.Hazard)}, {standing.Service}: {why}");
    }

    private static string Key(FalseCallRecord record) => $"{record.Premises}\n{record.Hazard}\n{record.Service}";
}
