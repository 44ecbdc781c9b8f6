namespace CivicSignals.Fusion;

/// <summary>
/// What is not independent counts less. Sources that share a home or a repost chain make one voice. One voice leads; what it says answers for
/// all places and times at which nothing was said. The others only say how much likelier it is that they speak too, so near and so soon, and
/// those of one family share its correlation and its cap. Every choice made here is the one that gives the largest total: a maximum of sums
/// that only fall with time falls with time too, so that waiting never raises belief.
/// </summary>
internal static class Dependence
{
    /// <summary>So many of the loudest are tried as the one that leads: beyond, it makes no difference that anybody would see.</summary>
    private const int MostLeaders = 16;

    /// <summary>Lowers the weights in place.</summary>
    /// <returns>How many times commoner such alarms are now by a common cause, as ln; 0: there is none.</returns>
    public static double Discount(Weight[] weights, FusionModel model)
    {
        Array.Sort(weights, WeightOrder.ByFull);
        var voices = Voices(weights);
        foreach (var voice in voices)
            voice.Unite(model);
        var speaking = voices.FindAll(voice => voice.Alone > 0 && voice.Family is not null);
        if (speaking.Count > 1)
            Support(speaking, model);
        foreach (var family in voices.Where(voice => voice.SpeaksAgainst && voice.Alone < 0).GroupBy(voice => voice.Family!))
            Oppose(family, model.Families[family.Key]);
        return voices.Sum(voice => voice.CommonLnLr);
    }

    /// <summary>The voices. What speaks against is a voice of its own.</summary>
    private static List<Voice> Voices(Weight[] weights)
    {
        var voices = new List<List<int>>(weights.Length);
        Dictionary<string, List<int>>? shared = null;
        for (var i = 0; i < weights.Length; i++)
        {
            var evidence = weights[i].Evidence;
            var key = weights[i].Full < 0 || weights.Length == 1 ? null
                : evidence.Group is not null ? $"group {evidence.Group}"
                : evidence.Premises is not null ? $"home {evidence.Premises}" : null;
            if (key is null)
            {
                voices.Add([i]);
            }
            else if ((shared ??= new(StringComparer.Ordinal)).TryGetValue(key, out var voice))
            {
                voice.Add(i);
            }
            else
            {
                shared.Add(key, voice = [i]);
                voices.Add(voice);
            }
        }

        return voices.ConvertAll(members => new Voice(weights, members));
    }

    private static void Support(List<Voice> voices, FusionModel model)
    {
        List<Voice> loudest = voices.Count <= MostLeaders ? [.. voices] : [.. voices.OrderByDescending(voice => voice.Alone).Take(MostLeaders)];
        foreach (var voice in voices)
            voice.Listen(loudest, model);
        voices.Sort((a, b) => b.Beside.CompareTo(a.Beside)); // Stable enough: equal ones count the same.
        string[] families = [.. voices.Select(voice => voice.Family!).Distinct()];
        var of = voices.ConvertAll(voice => Array.IndexOf(families, voice.Family));
        var models = Array.ConvertAll(families, family => model.Families[family]);
        var leader = loudest.MaxBy(candidate => candidate.Alone + Share(voices, of, models, candidate, apply: false))!;
        Share(voices, of, models, leader, apply: true);
    }

    /// <summary>What all voices but the one that leads add: in each family the n-th n_eff(n) - n_eff(n - 1) of itself, the loudest first.</summary>
    private static double Share(List<Voice> voices, List<int> of, FamilyModel[] families, Voice leader, bool apply)
    {
        Span<(int Count, double Said)> said = stackalloc (int, double)[families.Length];
        said.Clear();
        var sum = 0.0;
        for (var i = 0; i < voices.Count; i++)
        {
            if (voices[i] == leader)
                continue;
            var family = families[of[i]];
            var (n, before) = said[of[i]];
            var share = Effective(n + 1, family.Correlation) - Effective(n, family.Correlation);
            var total = Math.Min(voices[i].Beside * share, Math.Max(0, (family.CapLnLr ?? double.MaxValue) - before));
            said[of[i]] = (n + 1, before + total);
            sum += total;
            if (apply)
                voices[i].Lower(total, total < voices[i].Beside * share ? Fusion.Discount.Cap : share < 0.9 || voices[i].Family == leader.Family ? Fusion.Discount.Family : Fusion.Discount.Beside);
        }

        return sum;
    }

    private static void Oppose(IEnumerable<Voice> voices, FamilyModel family)
    {
        var (n, left) = (0, family.CapLnLr ?? double.MaxValue);
        foreach (var voice in voices.OrderBy(voice => voice.Alone))
        {
            var share = Effective(n + 1, family.Correlation) - Effective(n, family.Correlation);
            var total = Math.Min(-voice.Alone * share, left);
            (n, left) = (n + 1, left - total);
            voice.Lower(-total, total < -voice.Alone * share ? Fusion.Discount.Cap : Fusion.Discount.Family);
        }
    }

    /// <summary>n_eff(n) = n / (1 + (n - 1) correlation).</summary>
    private static double Effective(int n, double correlation) => n == 0 ? 0 : n / (1 + ((n - 1) * correlation));
}
