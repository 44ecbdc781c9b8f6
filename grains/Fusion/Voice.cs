namespace CivicSignals.Fusion;

/// <summary>Evidence that speaks as one: the sensors of a home, a chain of reposts, or one source alone.</summary>
/// <param name="weights">All weights of the incident; this voice's are changed in place.</param>
/// <param name="members">Which of them are its own; at least one.</param>
internal sealed class Voice(Weight[] weights, List<int> members)
{
    private readonly Weight[] _weights = weights;
    private readonly List<int> _members = members;
    private double _beside;
    private int _loudest = members[0];

    /// <summary>The family that it belongs to, or null when the model does not know its kind.</summary>
    public string? Family => _weights[_members[0]].Kind?.Family;

    public bool SpeaksAgainst => _weights[_members[0]].Full < 0;

    /// <summary>What it says by itself.</summary>
    public double Alone { get; private set; }

    /// <summary>What it adds when another voice speaks already.</summary>
    public double Beside { get; private set; }

    /// <summary>How many times commoner such alarms are now by a common cause, as ln; 0: there is none.</summary>
    public double CommonLnLr { get; private set; }

    /// <summary>
    /// Lets its members speak with one voice: the weightiest counts in full, each other no more than the model allows. What a common cause
    /// explains as well says so much less, but never the opposite.
    /// </summary>
    public void Unite(FusionModel model)
    {
        var repost = _weights[_members[0]].Evidence.Group is not null;
        HashSet<string>? kinds = _members.Count > 1 ? new(StringComparer.Ordinal) : null;
        Span<double> capped = _members.Count <= 64 ? stackalloc double[_members.Count] : new double[_members.Count];
        var leader = 0;
        for (var i = 0; i < _members.Count; i++)
        {
            ref var weight = ref _weights[_members[i]];
            var most = repost ? 0
                : kinds?.Add(weight.Evidence.Kind) == false ? model.SameHome.SameKindLnLr
                : weight.Kind?.SameHomeLnLr ?? model.SameHome.OtherKindLnLr;
            capped[i] = weight.Full > 0 ? Unexplained(_members[i], Math.Min(weight.LnLr, most * weight.LnLr / weight.Full)) : 0;
            if (Unexplained(_members[i], weight.LnLr) - capped[i] > Unexplained(_members[leader], _weights[_members[leader]].LnLr) - capped[leader])
                leader = i;
        }

        _loudest = _members[leader];
        _beside = Supports(capped, model);
        for (var i = 0; i < _members.Count; i++)
        {
            var member = _members[i];
            if (_weights[member].LnLr > 0)
                CommonLnLr = Math.Max(CommonLnLr, _weights[member].Evidence.Common?.LnLr ?? 0);
            Set(member, Unexplained(member, _weights[member].LnLr), Discount.CommonCause);
            if (i != leader && capped[i] < _weights[member].LnLr)
                Set(member, capped[i], repost ? Discount.Repost : Discount.SameHome);
            Alone += _weights[member].LnLr;
        }
    }

    /// <summary>Works out what it adds beside others: the more, the nearer one of them spoke. Who is near does not change as time passes.</summary>
    public void Listen(IReadOnlyList<Voice> others, FusionModel model)
    {
        var family = model.Families[Family!];
        var (together, near) = (0.0, 0.0);
        foreach (var i in _members)
        {
            near = Math.Max(near, _weights[i].Near);
            foreach (var other in others)
            {
                if (other == this)
                    continue;
                foreach (var j in other._members)
                    together = Math.Max(together, family.Together(_weights[i].Evidence, _weights[j].Evidence));
            }
        }

        Beside = _beside * together * near;
    }

    /// <summary>The most that its members say beside somebody else, whichever of them leads.</summary>
    /// <param name="capped">What each says beside the one that leads.</param>
    /// <param name="model">The kinds.</param>
    private double Supports(ReadOnlySpan<double> capped, FusionModel model)
    {
        var (sum, most) = (0.0, 0.0);
        foreach (var one in capped)
            sum += one;
        for (var i = 0; i < _members.Count; i++)
        {
            var weight = _weights[_members[i]];
            if (weight.Kind is not { } kind || weight.Full <= 0)
                continue;
            var alone = (kind.BesideLnLr ?? model.Families[kind.Family].BesideLnLr ?? weight.Full) * weight.LnLr / weight.Full;
            most = Math.Max(most, sum - capped[i] + Unexplained(_members[i], Math.Min(weight.LnLr, alone)));
        }

        return most;
    }

    /// <summary>What is left of a member's word when its common cause has explained its part.</summary>
    private double Unexplained(int member, double lnLr) =>
        _weights[member].Evidence.Common is { } cause && lnLr > 0 ? Math.Max(0, lnLr - cause.LnLr) : lnLr;

    /// <summary>Counts only so much of what it would say alone.</summary>
    public void Lower(double total, Discount why)
    {
        if (Alone == 0 || total == Alone)
            return;
        var others = Alone - _weights[_loudest].LnLr;
        var scale = others > 0 ? Math.Min(1, total / Alone) : 1;
        foreach (var i in _members)
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
