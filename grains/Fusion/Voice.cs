namespace CivicSignals.Fusion;

/// <summary>Evidence that speaks as one: the sensors of a home, a chain of reposts, or one source alone.</summary>
/// <param name="weights">All weights of the incident; this voice's are changed in place.</param>
/// <param name="members">Which of them are its own; at least one.</param>
internal sealed class Voice(Weight[] weights, List<int> members)
{
    private readonly Weight[] _weights = weights;
    private int _loudest = members[0];

    /// <summary>The family that it belongs to, or null when the model does not know its kind.</summary>
    public string? Family => _weights[members[0]].Kind?.Family;

    public bool SpeaksAgainst => _weights[members[0]].Full < 0;

    /// <summary>What it says by itself.</summary>
    public double Alone { get; private set; }

    /// <summary>What it adds when another voice speaks already.</summary>
    public double Beside { get; private set; }

    /// <summary>How many times commoner such alarms are now by a common cause, as ln; 0: there is none.</summary>
    public double CommonLnLr { get; private set; }

    /// <summary>Lets its members speak with one voice: the weightiest counts in full, each other no more than the model allows.</summary>
    public void Unite(FusionModel model)
    {
        if (members.Count > 1)
        {
            var repost = _weights[members[0]].Evidence.Group is not null;
            var kinds = new HashSet<string>(StringComparer.Ordinal);
            Span<double> capped = members.Count <= 64 ? stackalloc double[members.Count] : new double[members.Count];
            var leader = 0;
            for (var i = 0; i < members.Count; i++)
            {
                ref var weight = ref _weights[members[i]];
                var most = repost ? 0
                    : !kinds.Add(weight.Evidence.Kind) ? model.SameHome.SameKindLnLr
                    : weight.Kind?.SameHomeLnLr ?? model.SameHome.OtherKindLnLr;
                capped[i] = weight.Full > 0 ? Math.Min(weight.LnLr, most * weight.LnLr / weight.Full) : 0;
                if (weight.LnLr - capped[i] > _weights[members[leader]].LnLr - capped[leader])
                    leader = i;
            }

            for (var i = 0; i < members.Count; i++)
            {
                if (i != leader && capped[i] < _weights[members[i]].LnLr)
                    Set(members[i], capped[i], repost ? Discount.Repost : Discount.SameHome);
            }

            _loudest = members[leader];
        }

        foreach (var i in members)
        {
            Alone += _weights[i].LnLr;
            if (_weights[i].LnLr > 0)
                CommonLnLr = Math.Max(CommonLnLr, _weights[i].Evidence.Common?.LnLr ?? 0);
        }
    }

    /// <summary>Works out what it adds beside others: the more, the nearer one of them spoke.</summary>
    public void Listen(IReadOnlyList<Voice> others, FusionModel model)
    {
        var weight = _weights[_loudest];
        var family = model.Families[weight.Kind!.Family];
        var together = 0.0;
        foreach (var other in others)
        {
            if (other != this)
                together = Math.Max(together, family.Together(_weights[_loudest].Evidence, other._weights[other._loudest].Evidence));
        }

        var most = (weight.Kind.BesideLnLr ?? family.BesideLnLr ?? weight.Full) * weight.LnLr / weight.Full;
        Beside = Math.Max(0, ((Alone - weight.LnLr + Math.Min(weight.LnLr, most)) * together * weight.Near) - CommonLnLr);
    }

    /// <summary>What a common cause explains as well says so much less, but never the opposite.</summary>
    public void Discredit()
    {
        if (CommonLnLr == 0)
            return;
        var left = Math.Max(0, Alone - CommonLnLr);
        Lower(left, Discount.CommonCause);
        Alone = left;
    }

    /// <summary>Counts only so much of what it would say alone.</summary>
    public void Lower(double total, Discount why)
    {
        if (Alone == 0 || total == Alone)
            return;
        var others = Alone - _weights[_loudest].LnLr;
        var scale = others > 0 ? Math.Min(1, total / Alone) : 1;
        foreach (var i in members)
        {
            if (i != _loudest)
                Set(i, _weights[i].LnLr * scale, why);
        }

        Set(_loudest, total - (others * scale), why);
    }

    private void Set(int at, double lnLr, Discount why)
    {
        var weight = _weights[at];
        var lowered = Math.Abs(lnLr) < 0.9 * Math.Abs(weight.LnLr) && weight.Discount is Discount.None or Discount.Age;
        _weights[at] = weight with { LnLr = lnLr, Discount = lowered ? why : weight.Discount };
    }
}
