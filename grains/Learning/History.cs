using System.Collections.Immutable;
using System.Text.Json;
using CivicSignals.Incidents;
using CivicSignals.Ledger;

namespace CivicSignals.Learning;

/// <summary>An incident as it stood at a recorded moment.</summary>
/// <param name="At">When.</param>
/// <param name="Incident">With its evidence as it was then, nobody told yet.</param>
/// <param name="Verdict">On its last line: what a person found it to be; else null.</param>
public sealed record RecordedMoment(DateTimeOffset At, Incident Incident, Verdict? Verdict);

/// <summary>Turns ledger entries, in their order, back into incidents as they stood. Pure; holds open incidents and what each source said last.</summary>
public sealed class History
{
    private readonly Dictionary<(string Source, string Kind), Evidence> _said = [];
    private readonly HashSet<string> _endedByPerson = [];

    /// <summary>Takes an entry in; an incident's line gives its moment, unless its evidence is kept no more.</summary>
    public RecordedMoment? Take(LedgerEntry entry)
    {
        switch (entry.Type)
        {
            case EntryType.Evidence:
                var evidence = JsonSerializer.Deserialize(entry.Body.Span, LedgerJson.Lines.Evidence)!;
                _said[(evidence.Source, evidence.Kind)] = evidence;
                return null;
            case EntryType.Action:
                var action = JsonSerializer.Deserialize(entry.Body.Span, LedgerJson.Lines.ActionLine)!;
                if (ActionVerbs.TryParse(action.Action, out var verb) && verb is ActionVerb.FalseAlarm or ActionVerb.AllClear)
                    _endedByPerson.Add(action.Incident);
                return null;
            case EntryType.Incident:
                var moment = Moment(JsonSerializer.Deserialize(entry.Body.Span, LedgerJson.Lines.IncidentLine)!);
                return moment.Incident.Evidence.IsEmpty ? null : moment;
            default:
                return null;
        }
    }

    private RecordedMoment Moment(IncidentLine line)
    {
        var incident = new Incident
        {
            Id = line.Id,
            Hazard = line.Hazard,
            OpenedAt = line.OpenedAt,
            Evidence = [.. line.Evidence.Select(piece => _said.GetValueOrDefault((piece.Source, piece.Kind))).OfType<Evidence>()
                .OrderBy(said => said.Source, StringComparer.Ordinal).ThenBy(said => said.Kind, StringComparer.Ordinal)],
            Model = line.Model,
            Stage = line.Stage,
            Outcome = line.Outcome,
            Confirmation = line.Confirmation,
        };
        return new RecordedMoment(
            line.At,
            incident,
            line.Stage == Stage.Open ? null : Verdicts.Of(line.Outcome, line.Confirmation?.Rule, _endedByPerson.Remove(line.Id)));
    }
}
