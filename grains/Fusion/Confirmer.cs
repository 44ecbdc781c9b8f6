using CivicSignals.Areas;
using CivicSignals.Incidents;
using CivicSignals.Signals;

namespace CivicSignals.Fusion;

/// <summary>The confirmation rules' tests: facts that a fire or police service would recognise, apart from belief.</summary>
/// <param name="incident">With its evidence.</param>
/// <param name="model">The rules.</param>
public sealed class Confirmer(Incident incident, FusionModel model)
{
    /// <summary>People's clocks and fingers: a person may see an alarm go quiet so much before he has said so.</summary>
    private static readonly TimeSpan Saying = TimeSpan.FromMinutes(2);

    private readonly KindModel?[] _kinds = [.. incident.Evidence.Select(evidence => model.Kinds.GetValueOrDefault(evidence.Kind) is { } kind && kind.Says(incident.Hazard) > 0 ? kind : null)];
    private readonly Consents _shared = incident.Evidence.Aggregate(Consents.All, (flags, evidence) => flags & evidence.Consents);
    private readonly Dictionary<string, IReadOnlyList<string>> _by = new(StringComparer.Ordinal);

    /// <summary>The first rule that is met for one of the audiences, with the first evidence that meets it, in the order of (source, kind).</summary>
    /// <param name="now">When it is met.</param>
    /// <param name="may">Only evidence of sources with one of these consents counts.</param>
    /// <param name="audiences">Only rules that confirm for one of these count. To the public alone, no home confirms itself.</param>
    public Confirmation? Find(DateTimeOffset now, Consents may = Consents.All, Consents audiences = Consents.All)
    {
        foreach (var rule in model.Rules)
        {
            if ((rule.Audiences & audiences) == 0 || !rule.Hazards.Contains(incident.Hazard))
                continue;
            if (By(rule, may, audiences == Consents.Public) is { Count: > 0 } by)
                return new Confirmation(rule.Name, rule.Version, now, by);
        }

        return null;
    }

    /// <summary>The evidence that meets a rule; empty: none does. Where all may count for everyone, that is so for each service.</summary>
    private IReadOnlyList<string> By(ConfirmationRule rule, Consents may, bool apart)
    {
        if (apart || (_shared & may) == 0)
            return Test(rule, may, apart);
        if (!_by.TryGetValue(rule.Name, out var by))
            _by.Add(rule.Name, by = Test(rule, may, apart));
        return by;
    }

    private IReadOnlyList<string> Test(ConfirmationRule rule, Consents may, bool apart)
    {
        if (rule.Test == RuleTest.Operator)
            return [];
        if (rule.Test != RuleTest.OfficialSource)
            return Pair(rule, may, apart) is { } pair ? [pair.First.Name, pair.Second.Name] : [];
        for (var i = 0; i < _kinds.Length; i++)
        {
            if (incident.Evidence[i].ClearedAt is null && Speaks(i, may) is { Family: FusionModel.Official })
                return [incident.Evidence[i].Name];
        }

        return [];
    }

    /// <param name="rule">What must be so.</param>
    /// <param name="may">Only evidence of sources with one of these consents counts.</param>
    /// <param name="apart">Not both of one home that no other machine agrees with: whoever holds its key could make up all of it.</param>
    private (Evidence First, Evidence Second)? Pair(ConfirmationRule rule, Consents may, bool apart)
    {
        var all = incident.Evidence;
        for (var i = 0; i < all.Length; i++)
        {
            if (Speaks(i, may) is not { } kind)
                continue;
            for (var j = i + 1; j < all.Length; j++)
            {
                if (Speaks(j, may) is { } other
                    && (Meets(rule, all[i], kind, all[j], other) || (rule.Test == RuleTest.AlarmAndPerson && Meets(rule, all[j], other, all[i], kind)))
                    && all[i].Source != all[j].Source && (all[i].Group is null || all[i].Group != all[j].Group)
                    && !(apart && all[i].Premises is { } home && home == all[j].Premises && !IsOutside(home, may))
                    && !Share(all[i], all[j]) && Near(all[i], all[j], rule))
                {
                    return (all[i], all[j]);
                }
            }
        }

        return null;
    }

    /// <summary>Whether a machine that is not in a home speaks too.</summary>
    private bool IsOutside(string home, Consents may)
    {
        for (var i = 0; i < _kinds.Length; i++)
        {
            if (incident.Evidence[i].Premises != home && Speaks(i, may) is { Automatic: true })
                return true;
        }

        return false;
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

    /// <summary>The kind of a piece of evidence, when it may count and speaks for the hazard.</summary>
    private KindModel? Speaks(int at, Consents may) => (incident.Evidence[at].Consents & may) != 0 ? _kinds[at] : null;
}
