namespace CivicSignals.Fusion;

/// <summary>Evidence that speaks as one: the sensors of a home, a chain of reposts, or one source alone.</summary>
/// <param name="weights">All weights of the incident; this voice's are changed in place.</param>
/// <param name="members">Which of them are its own; at least one.</param>
internal sealed class Voice(Weight[] weights, List<int> members)
{
    private int _loudest = members[0];

    /// <summary>The family that it belongs to, or null when the model does not know its kind.</summary>
    public string? Family => weights[members[0]].Kind?.Family;

    public bool SpeaksAgainst => weights[members[0]].Full < 0;

    /// <summary>When its weightiest evidence was observed.</summary>
    public DateTimeOffset At => weights[_loudest].Evidence.At;

    /// <summary>What it says by itself.</summary>
    public double Alone { get; private set; }

    /// <summary>What it adds when another voice speaks already.</summary>
    public double Beside { get; private set; }

    /// <summary>How much likelier it is that it speaks so under a common cause than in ordinary times, as ln; 0: no common cause.</summary>
    public double CommonLnLr => members.Max(i => weights[i].Full > 0 && weights[i].LnLr > 0 ? weights[i].Evidence.Common?.LnLr ?? 0 : 0);

    /// <summary>Lets its members speak with one voice: the weightiest counts in full, each other no more than the model allows.</summary>
    public void Unite(FusionModel model)
    {
        if (members.Count > 1)
        {
            var repost = weights[members[0]].Evidence.Group is not null;
            var kinds = new HashSet<string>(StringComparer.Ordinal);
            Span<double> capped = members.Count <= 64 ? stackalloc double[members.Count] : new double[members.Count];
            var leader = 0;
            for (var i = 0; i < members.Count; i++)
            {
                ref var weight = ref weights[members[i]];
                var most = repost ? 0
                    : !kinds.Add(weight.Evidence.Kind) ? model.SameHome.SameKindLnLr
                    : weight.Kind?.SameHomeLnLr ?? model.SameHome.OtherKindLnLr;
                capped[i] = weight.Full > 0 ? Math.Min(weight.LnLr, most * weight.LnLr / weight.Full) : 0;
                if (weight.LnLr - capped[i] > weights[members[leader]].LnLr - capped[leader])
                    leader = i;
            }

            for (var i = 0; i < members.Count; i++)
            {
                if (i != leader && capped[i] < weights[members[i]].LnLr)
                    Set(members[i], capped[i], repost ? Discount.Repost : Discount.SameHome);
            }

            _loudest = members[leader];
        }

        foreach (var i in members)
            Alone += weights[i].LnLr;
    }

    /// <summary>Works out what it adds beside others, the nearest of which spoke so long before or after.</summary>
    public void Listen(TimeSpan apart, FusionModel model)
    {
        var weight = weights[_loudest];
        if (weight.Kind is not { } kind || weight.Full <= 0)
            return;
        var family = model.Families[kind.Family];
        var together = family.BesideMinutes is { } half ? Math.Pow(2, -apart.TotalMinutes / half) : 1;
        var most = (kind.BesideLnLr ?? family.BesideLnLr ?? weight.Full) * weight.LnLr / weight.Full;
        Beside = (Alone - weight.LnLr + Math.Min(weight.LnLr, most)) * together;
    }

    /// <summary>Counts only so much of what it would say alone.</summary>
    public void Lower(double total, Discount why)
    {
        if (Alone == 0 || total == Alone)
            return;
        var others = Alone - weights[_loudest].LnLr;
        var scale = others > 0 ? Math.Min(1, total / Alone) : 1;
        foreach (var i in members)
        {
            if (i != _loudest)
                Set(i, weights[i].LnLr * scale, why);
        }

        Set(_loudest, total - (others * scale), why);
    }

    private void Set(int at, double lnLr, Discount why)
    {
        var weight = weights[at];
        var lowered = Math.Abs(lnLr) < 0.9 * Math.Abs(weight.LnLr) && weight.Discount is Discount.None or Discount.Age;
        weights[at] = weight with { LnLr = lnLr, Discount = lowered ? why : weight.Discount };
    }
}
