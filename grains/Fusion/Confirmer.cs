using CivicSignals.Incidents;
using CivicSignals.Signals;

namespace CivicSignals.Fusion;

/// <summary>The confirmation rules: facts that a fire or police service would recognise, apart from belief.</summary>
public static class Confirmer
{
    /// <summary>
    /// Two machines, of different kinds that both speak for the hazard, within the rule's window (BS 8243: different and independent detectors).
    /// </summary>
    /// <returns>The first pair in the order of the evidence, or null.</returns>
    public static Confirmation? TwoKinds(Incident incident, DateTimeOffset now, FusionModel model, Consents may = Consents.All)
    {
        var window = TimeSpan.FromMinutes(model.Rules.TwoKinds.WindowMinutes);
        var evidence = incident.Evidence;
        for (var i = 0; i < evidence.Length; i++)
        {
            if (!Counts(evidence[i], incident.Hazard, model, may))
                continue;
            for (var j = i + 1; j < evidence.Length; j++)
            {
                if (evidence[i].Kind != evidence[j].Kind && evidence[i].Source != evidence[j].Source
                    && Counts(evidence[j], incident.Hazard, model, may)
                    && (evidence[i].At - evidence[j].At).Duration() <= window)
                {
                    return new Confirmation(TwoKindsRule.Name, model.Rules.TwoKinds.Version, now, [Name(evidence[i]), Name(evidence[j])]);
                }
            }
        }

        return null;
    }

    private static bool Counts(Evidence evidence, Hazard hazard, FusionModel model, Consents may) =>
        (evidence.Consents & may) != 0
        && model.Kinds.TryGetValue(evidence.Kind, out var kind)
        && kind.Automatic
        && kind.LnLr.GetValueOrDefault(hazard) > 0;

    private static string Name(Evidence evidence) => $"{evidence.Source} {evidence.Kind}";
}
