namespace CivicSignals.Fusion;

/// <summary>
/// What is not independent counts less. Sources that share a home or a repost chain make one voice; the voices of a family share its
/// correlation and its cap. Every choice made here is the one that gives the largest total: a maximum of sums that only fall with time
/// falls with time too, so that waiting never raises belief.
/// </summary>
internal static class Dependence
{
    /// <summary>Lowers the weights in place.</summary>
    public static void Discount(Weight[] weights, FusionModel model)
    {
        Array.Sort(weights, WeightOrder.ByFull);
        var voices = Voices(weights);
        foreach (var voice in voices)
            Unite(voice, weights, model);
        foreach (var family in voices.GroupBy(voice => weights[voice[0]].Kind?.Family))
        {
            if (family.Key is not null)
                Share(family, weights, model.Families[family.Key]);
        }
    }

    /// <summary>The indices of weights that speak with one voice, voice by voice. What speaks against is a voice of its own.</summary>
    private static List<List<int>> Voices(Weight[] weights)
    {
        var voices = new List<List<int>>(weights.Length);
        var shared = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var i = 0; i < weights.Length; i++)
        {
            var evidence = weights[i].Evidence;
            var key = weights[i].Full < 0 ? null
                : evidence.Group is not null ? $"group {evidence.Group}"
                : evidence.Premises is not null ? $"home {evidence.Premises}" : null;
            if (key is null)
            {
                voices.Add([i]);
            }
            else if (shared.TryGetValue(key, out var voice))
            {
                voice.Add(i);
            }
            else
            {
                shared.Add(key, voice = [i]);
                voices.Add(voice);
            }
        }

        return voices;
    }

    private static void Unite(List<int> voice, Weight[] weights, FusionModel model)
    {
        if (voice.Count == 1)
            return;
        var repost = weights[voice[0]].Evidence.Group is not null;
        var kinds = new HashSet<string>(StringComparer.Ordinal);
        Span<double> capped = voice.Count <= 64 ? stackalloc double[voice.Count] : new double[voice.Count];
        var leader = 0;
        for (var i = 0; i < voice.Count; i++)
        {
            ref var weight = ref weights[voice[i]];
            var most = repost ? 0
                : !kinds.Add(weight.Evidence.Kind) ? model.SameHome.SameKindLnLr
                : weight.Kind?.SameHomeLnLr ?? model.SameHome.OtherKindLnLr;
            capped[i] = weight.Full > 0 ? Math.Min(weight.LnLr, most * weight.LnLr / weight.Full) : 0;
            if (weight.LnLr - capped[i] > weights[voice[leader]].LnLr - capped[leader])
                leader = i;
        }

        for (var i = 0; i < voice.Count; i++)
        {
            ref var weight = ref weights[voice[i]];
            if (i != leader && capped[i] < weight.LnLr)
                weight = weight with { LnLr = capped[i], Discount = repost ? Fusion.Discount.Repost : Fusion.Discount.SameHome };
        }
    }

    /// <summary>The n-th voice adds n_eff(n) - n_eff(n - 1) of itself, with n_eff(n) = n / (1 + (n - 1) correlation), the loudest first.</summary>
    private static void Share(IEnumerable<List<int>> family, Weight[] weights, FamilyModel model)
    {
        double Loudness(List<int> voice) => voice.Sum(i => weights[i].LnLr);

        var (n, rest, against) = (0, model.CapLnLr ?? double.MaxValue, model.CapLnLr ?? double.MaxValue);
        foreach (var (voice, loudness) in family.Select(voice => (voice, Loudness(voice))).OrderByDescending(v => Math.Abs(v.Item2)).ToList())
        {
            if (loudness == 0)
                continue;
            var share = Effective(n + 1, model.Correlation) - Effective(n, model.Correlation);
            n++;
            ref var left = ref loudness > 0 ? ref rest : ref against;
            var scale = Math.Min(share, left / Math.Abs(loudness));
            left = Math.Max(0, left - (scale * Math.Abs(loudness)));
            var discount = scale < share ? Fusion.Discount.Cap : Fusion.Discount.Family;
            foreach (var i in voice)
            {
                var why = scale < 0.9 && weights[i].Discount is (Fusion.Discount.None or Fusion.Discount.Age) ? discount : weights[i].Discount;
                weights[i] = weights[i] with { LnLr = weights[i].LnLr * scale, Discount = why };
            }
        }
    }

    private static double Effective(int n, double correlation) => n == 0 ? 0 : n / (1 + ((n - 1) * correlation));
}
