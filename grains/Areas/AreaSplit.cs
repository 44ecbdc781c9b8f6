using CivicSignals.Alerts;
using CivicSignals.Fusion;
using CivicSignals.Incidents;
using CivicSignals.Signals;

namespace CivicSignals.Areas;

/// <summary>
/// Makes two incidents of one, as a person decides. What leaves becomes an incident with a new id, for a closed one's line is its last; from
/// then on the engine keeps the two apart.
/// </summary>
internal sealed class AreaSplit(AreaDraft draft)
{
    /// <summary>Takes chosen evidence out.</summary>
    public ActionResult Split(Incident incident, OperatorAction action)
    {
        var chosen = (action.Evidence ?? []).ToHashSet(StringComparer.Ordinal);
        if (chosen.Count == 0 || !chosen.IsSubsetOf(incident.Evidence.Select(evidence => evidence.Name)))
            return ActionResult.NoSuchEvidence;
        return Part(incident, chosen, null, action);
    }

    /// <summary>Takes out what an earlier merger brought, with what is known of it from before.</summary>
    public ActionResult Undo(Incident incident, OperatorAction action)
    {
        if (incident.Provenance?.Find(action.Other) is not { } merger)
            return ActionResult.NoSuchMerger;
        return Part(incident, merger.Evidence.ToHashSet(StringComparer.Ordinal), merger, action);
    }

    /// <summary>
    /// The incident that a source's new word goes to because a person has put what the source said there, when it still belongs there by place
    /// and time; null: the word goes where it lies best.
    /// </summary>
    public static Incident? Holder(IReadOnlyList<Incident> open, Evidence said, KindModel kind, DateTimeOffset now, FusionModel model)
    {
        Incident? holder = null;
        foreach (var incident in open)
        {
            if (incident.Provenance is not { Apart.Count: > 0 } || !Holds(incident, said.Source)
                || !Association.Belongs(said, incident, kind, now, model))
            {
                continue;
            }

            if (incident.Evidence.IndexOf(new LatchKey(said.Source, said.Kind)) >= 0)
                return incident;
            holder ??= incident;
        }

        return holder;
    }

    private static bool Holds(Incident incident, string source) => incident.Evidence.Any(evidence => evidence.Source == source);

    private ActionResult Part(Incident incident, HashSet<string> names, Merger? merger, OperatorAction action)
    {
        if (incident.Leaving is not null)
            return ActionResult.Leaving;
        var leaves = incident.Evidence.Where(evidence => names.Contains(evidence.Name)).ToList();
        if (leaves.Count == incident.Evidence.Length)
            return ActionResult.NothingLeft;
        if ((merger?.Hazard ?? HazardOf(leaves, incident.Hazard)) is not { } hazard)
            return ActionResult.SpeaksForNothing;

        var before = incident.Provenance ?? Provenance.None;
        var back = merger is null ? [] : Behind(merger, before.Merged);
        var parted = new Incident
        {
            Id = IncidentId.Of(incident.Id, draft.Now, leaves.Select(evidence => evidence.Name)),
            Hazard = hazard,
            OpenedAt = merger?.OpenedAt ?? draft.Now,
            Evidence = [.. leaves],
            Model = draft.Model.Version,
            Confirmation = merger?.Confirmation,
            AcknowledgedBy = merger?.AcknowledgedBy,
        };
        parted = parted with { Provenance = new([.. back.Select(m => m.Into == merger!.Id ? m with { Into = parted.Id } : m)], [.. before.Apart, incident.Id]) };
        var stay = before.Merged.Where(m => m != merger && !back.Contains(m)).Select(m => m with { Evidence = [.. m.Evidence.Where(name => !names.Contains(name))] });
        draft.Replace(incident with
        {
            Evidence = incident.Evidence.RemoveAll(evidence => names.Contains(evidence.Name)),
            Confirmation = RestsOn(incident.Confirmation, names, merger) ? null : incident.Confirmation,
            Provenance = new([.. stay], [.. before.Apart, parted.Id]),
        });
        draft.Reshape(incident.Id, Reshaping.Split);
        draft.Add(parted);
        foreach (var key in leaves.Select(evidence => new LatchKey(evidence.Source, evidence.Kind)))
        {
            if (draft.Latches.Find(key) is { } latch)
                draft.Remember(latch with { Incident = parted.Id });
        }

        draft.Write(new ActionLine(draft.Now, "action", incident.Id, action.Verb.Word(), action.User, action.Note) { Other = parted.Id });
        draft.Write(new ActionLine(draft.Now, "action", parted.Id, "split-from", action.User, action.Note) { Other = incident.Id });
        return ActionResult.Done;
    }

    /// <summary>The incident's own hazard where something that leaves speaks for it, else the one that the weightiest of it names; null: none.</summary>
    private Hazard? HazardOf(List<Evidence> leaves, Hazard own)
    {
        var kinds = leaves.Select(evidence => draft.Model.Kinds.GetValueOrDefault(evidence.Kind)).OfType<KindModel>().ToList();
        if (kinds.Any(kind => kind.LnLr.GetValueOrDefault(own) > 0))
            return own;
        return kinds.Where(kind => kind.LnLr.GetValueOrDefault(kind.Primary) > 0).MaxBy(kind => kind.LnLr[kind.Primary])?.Primary;
    }

    /// <summary>The mergers that had made what a merger brought, which stand before it.</summary>
    private static List<Merger> Behind(Merger merger, IReadOnlyList<Merger> merged)
    {
        var back = new List<Merger>();
        foreach (var earlier in merged.Reverse())
        {
            if (earlier.Into == merger.Id || back.Any(m => m.Id == earlier.Into))
                back.Insert(0, earlier);
        }

        return back;
    }

    /// <summary>Whether a confirmation leaves with the evidence: it rests on some of it, or a person gave it to what was merged.</summary>
    private static bool RestsOn(Confirmation? confirmation, HashSet<string> names, Merger? merger) => confirmation is not null
        && (confirmation.Rule == ConfirmationRule.Operator
            ? merger?.Confirmation is { } brought && brought.At == confirmation.At && brought.By.SequenceEqual(confirmation.By)
            : confirmation.By.Any(names.Contains));
}
