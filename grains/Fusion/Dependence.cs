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
    /// <returns>How much likelier all this is under a common cause than in ordinary times, as ln; 0: there is none.</returns>
    public static double Discount(Weight[] weights, FusionModel model)
    {
        Array.Sort(weights, WeightOrder.ByFull);
        var voices = Voices(weights);
        foreach (var voice in voices)
            voice.Unite(model);
        var common = voices.Sum(voice => voice.CommonLnLr);
        var speaking = voices.FindAll(voice => voice.Alone > 0 && voice.Family is not null);
        if (speaking.Count > 1)
            Support(speaking, model);
        foreach (var family in voices.Where(voice => voice.SpeaksAgainst && voice.Alone < 0).GroupBy(voice => voice.Family!))
            Oppose(family, model.Families[family.Key]);
        return common;
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
        for (var i = 0; i < voices.Count; i++)
            voices[i].Listen(Nearest(voices, i), model);
        voices.Sort((a, b) => b.Beside.CompareTo(a.Beside)); // Stable enough: equal ones count the same.
        var candidates = voices.Count <= MostLeaders ? voices : [.. voices.OrderByDescending(voice => voice.Alone).Take(MostLeaders)];
        var leader = candidates.MaxBy(candidate => candidate.Alone + Shares(voices, candidate, model, null))!;
        Shares(voices, leader, model, (voice, total, why) => voice.Lower(total, why));
    }

    /// <summary>What all voices but the one that leads add: in each family the n-th n_eff(n) - n_eff(n - 1) of itself, the loudest first.</summary>
    private static double Shares(List<Voice> voices, Voice leader, FusionModel model, Action<Voice, double, Discount>? apply)
    {
        var families = new Dictionary<string, (int Count, double Left)>(StringComparer.Ordinal);
        var sum = 0.0;
        foreach (var voice in voices)
        {
            if (voice == leader)
                continue;
            var family = model.Families[voice.Family!];
            var (n, left) = families.GetValueOrDefault(voice.Family!, (0, family.CapLnLr ?? double.MaxValue));
            var share = Effective(n + 1, family.Correlation) - Effective(n, family.Correlation);
            var total = Math.Min(voice.Beside * share, left);
            families[voice.Family!] = (n + 1, left - total);
            apply?.Invoke(voice, total, total < voice.Beside * share ? Fusion.Discount.Cap : share < 0.9 || voice.Family == leader.Family ? Fusion.Discount.Family : Fusion.Discount.Beside);
            sum += total;
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

    private static TimeSpan Nearest(List<Voice> voices, int at)
    {
        var nearest = TimeSpan.MaxValue;
        for (var i = 0; i < voices.Count; i++)
        {
            var apart = (voices[i].At - voices[at].At).Duration();
            if (i != at && apart < nearest)
                nearest = apart;
        }

        return nearest;
    }

    /// <summary>n_eff(n) = n / (1 + (n - 1) correlation).</summary>
    private static double Effective(int n, double correlation) => n == 0 ? 0 : n / (1 + ((n - 1) * correlation));
}
