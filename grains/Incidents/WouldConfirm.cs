using CivicSignals.Fusion;

namespace CivicSignals.Incidents;

/// <summary>What would confirm an incident that is not confirmed yet.</summary>
/// <param name="Rule">The rule's name in the fusion model.</param>
/// <param name="Version">Its version.</param>
/// <param name="For">Whom it would confirm it for: services, and <c>public</c>.</param>
/// <param name="What">What is missing, in plain words: "a second vehicle that says so".</param>
/// <param name="Until">Observed until then, UTC; null: at any time.</param>
public sealed record WouldConfirm(string Rule, int Version, IReadOnlyList<string> For, string What, DateTimeOffset? Until)
{
    /// <summary>What is missing, rule by rule; nothing for an incident that is confirmed or closed.</summary>
    public static IReadOnlyList<WouldConfirm> Of(IncidentLine line, FusionModel model)
    {
        if (line.Stage == Stage.Closed || line.Confirmation is not null)
            return [];
        var speaking = line.Evidence.Where(e => e.FullLnLr > 0 && model.Kinds.ContainsKey(e.Kind)).Select(e => (Evidence: e, Kind: model.Kinds[e.Kind])).ToList();
        return [.. model.Rules.Where(rule => rule.Hazards.Contains(line.Hazard)).SelectMany(rule => Missing(rule, speaking))];
    }

    private static IEnumerable<WouldConfirm> Missing(ConfirmationRule rule, List<(EvidenceLine Evidence, KindModel Kind)> speaking)
    {
        bool Home(KindModel kind) => kind is { Automatic: true, Family: FusionModel.Home };
        bool Vehicle(KindModel kind) => kind is { Automatic: true, Family: FusionModel.Vehicle };
        bool Person(KindModel kind) => rule.Persons.Contains(kind.Family);

        var partner = rule.Test switch
        {
            RuleTest.TwoKinds => Newest(Home, "another kind of detector in the same home"),
            RuleTest.TwoHomes => Newest(Home, "the alarm of a neighbouring home, while both sound"),
            RuleTest.TwoVehicles => Newest(Vehicle, "a second vehicle that says so"),
            RuleTest.AlarmAndPerson => Newest(kind => kind.Automatic, "a person who was there and sees the same") ?? Newest(Person, "an automatic alarm at the same place"),
            RuleTest.OfficialSource => ("an official source", null),
            _ => ("a control-room operator", null),
        };
        if (partner is { } missing)
            yield return new WouldConfirm(rule.Name, rule.Version, rule.For, missing.What, missing.Until);

        (string What, DateTimeOffset? Until)? Newest(Func<KindModel, bool> which, string what)
        {
            var of = speaking.Where(piece => which(piece.Kind) && (rule.Test == RuleTest.TwoKinds || piece.Evidence.ClearedAt is null)).ToList();
            return of.Count == 0 ? null : (what, of.Max(piece => piece.Evidence.At).AddMinutes(rule.WindowMinutes));
        }
    }
}
