using CivicSignals.Signals;

namespace CivicSignals.Fusion;

/// <summary>What it says that a home's other detectors do not speak: weak evidence against, for they fail too.</summary>
internal static class Silences
{
    /// <summary>The silent ones of every home that speaks for the hazard, once they have had their time. Consents: as the weights.</summary>
    public static IReadOnlyList<Silence> Of(Weight[] weights, Hazard hazard, DateTimeOffset now, FusionModel model)
    {
        List<Silence>? silent = null;
        HashSet<string>? homes = null;
        foreach (var weight in weights)
        {
            var evidence = weight.Evidence;
            if (evidence is not { Premises: { } home, Companions: { IsDefaultOrEmpty: false } companions } || weight.LnLr <= 0 || !(homes ??= []).Add(home))
                continue;
            var first = weights.Where(other => other.Evidence.Premises == home).Min(other => other.Evidence.At);
            if ((now - first).TotalMinutes < model.SameHome.SilentAfterMinutes)
                continue;
            foreach (var companion in companions)
            {
                if (model.Kinds.TryGetValue(companion, out var kind) && kind.SilenceLnLr < 0 && kind.Says(hazard) > 0
                    && !weights.Any(other => other.Evidence.Premises == home && other.Evidence.Kind == companion))
                {
                    (silent ??= []).Add(new Silence(kind, kind.SilenceLnLr));
                }
            }
        }

        return silent ?? (IReadOnlyList<Silence>)[];
    }
}
