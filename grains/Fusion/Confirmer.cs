using CivicSignals.Areas;
using CivicSignals.Incidents;
using CivicSignals.Signals;

namespace CivicSignals.Fusion;

/// <summary>The confirmation rules' tests: facts that a fire or police service would recognise, apart from belief.</summary>
public static class Confirmer
{
    /// <summary>People's clocks and fingers: a person may see an alarm go quiet so much before he has said so.</summary>
    private static readonly TimeSpan Saying = TimeSpan.FromMinutes(2);

    /// <summary>The first rule that is met for one of the audiences, with the first evidence that meets it, in the order of (source, kind).</summary>
    /// <param name="incident">With its evidence.</param>
    /// <param name="now">When it is met.</param>
    /// <param name="model">The rules.</param>
    /// <param name="may">Only evidence of sources with one of these consents counts.</param>
    /// <param name="audiences">Only rules that confirm for one of these count.</param>
    public static Confirmation? Find(Incident incident, DateTimeOffset now, FusionModel model, Consents may = Consents.All, Consents audiences = Consents.All)
    {
        foreach (var rule in model.Rules)
        {
            if ((rule.Audiences & audiences) == 0 || !rule.Hazards.Contains(incident.Hazard))
                continue;
            if (rule.Test == RuleTest.OfficialSource)
            {
                foreach (var evidence in incident.Evidence)
                {
                    if (evidence.ClearedAt is null && Speaks(evidence, incident.Hazard, model, may) is { Family: FusionModel.Official })
                        return new Confirmation(rule.Name, rule.Version, now, [Name(evidence)]);
                }
            }
            else if (rule.Test != RuleTest.Operator && Pair(incident, rule, model, may) is { } pair)
            {
                return new Confirmation(rule.Name, rule.Version, now, [Name(pair.First), Name(pair.Second)]);
            }
        }

        return null;
    }

    private static (Evidence First, Evidence Second)? Pair(Incident incident, ConfirmationRule rule, FusionModel model, Consents may)
    {
        var all = incident.Evidence;
        for (var i = 0; i < all.Length; i++)
        {
            if (Speaks(all[i], incident.Hazard, model, may) is not { } kind)
                continue;
            for (var j = i + 1; j < all.Length; j++)
            {
                if (all[i].Source != all[j].Source && (all[i].Group is null || all[i].Group != all[j].Group)
                    && Near(all[i], all[j], rule) && !Share(all[i], all[j])
                    && Speaks(all[j], incident.Hazard, model, may) is { } other
                    && (Meets(rule, all[i], kind, all[j], other) || (rule.Test == RuleTest.AlarmAndPerson && Meets(rule, all[j], other, all[i], kind))))
                {
                    return (all[i], all[j]);
                }
            }
        }

        return null;
    }

    private static bool Meets(ConfirmationRule rule, Evidence a, KindModel kindA, Evidence b, KindModel kindB) => rule.Test switch
    {
        RuleTest.TwoKinds => kindA.Automatic && kindB.Automatic && a.Kind != b.Kind
            && (kindA.Family != FusionModel.Home || kindB.Family != FusionModel.Home ? kindA.Family != kindB.Family : a.Premises is not null && a.Premises == b.Premises),
        RuleTest.AlarmAndPerson => kindA.Automatic && rule.Persons.Contains(kindB.Family) && (a.ClearedAt is null || a.ClearedAt > b.At - Saying),
        RuleTest.TwoHomes => kindA.Automatic && kindB.Automatic && a.ClearedAt is null && b.ClearedAt is null && a.Premises is not null && b.Premises is not null && a.Premises != b.Premises,
        RuleTest.TwoVehicles => kindA is { Automatic: true, Family: FusionModel.Vehicle } && kindB is { Automatic: true, Family: FusionModel.Vehicle },
        _ => false,
    };

    private static bool Near(Evidence a, Evidence b, ConfirmationRule rule) =>
        (a.At - b.At).Duration().TotalMinutes <= rule.WindowMinutes
        && (rule.WithinM == 0 || Geo.DistanceM(a.Place, b.Place) - a.Place.UncertaintyM - b.Place.UncertaintyM <= rule.WithinM);

    /// <summary>Whether causes that many homes share explain both: not independent, whichever they are.</summary>
    private static bool Share(Evidence a, Evidence b) => a.Common is not null && b.Common is not null;

    /// <summary>The kind, when it may count and speaks for the hazard.</summary>
    private static KindModel? Speaks(Evidence evidence, Hazard hazard, FusionModel model, Consents may) =>
        (evidence.Consents & may) != 0 && model.Kinds.TryGetValue(evidence.Kind, out var kind) && kind.Says(hazard) > 0 ? kind : null;

    private static string Name(Evidence evidence) => $"{evidence.Source} {evidence.Kind}";
}
