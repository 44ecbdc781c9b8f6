using CivicSignals.Fusion;

namespace CivicSignals.Learning;

/// <summary>How far a source is believed before anything is known of it: the fusion model's section <c>reliability</c>.</summary>
/// <param name="Source">Where the method comes from.</param>
/// <param name="Families">One for each family of sources.</param>
/// <param name="Kinds">For kinds that differ from their family.</param>
public sealed record ReliabilityModel(
    string Source,
    IReadOnlyDictionary<string, ReliabilityPrior> Families,
    IReadOnlyDictionary<string, ReliabilityPrior> Kinds)
{
    /// <summary>What is thought of a new source that says a kind.</summary>
    public ReliabilityPrior Of(string name, KindModel kind) => Kinds.GetValueOrDefault(name) ?? Families[kind.Family];

    /// <summary>What is wrong with it in a model, or null.</summary>
    public string? Problem(FusionModel model)
    {
        if (model.Families.Keys.FirstOrDefault(name => !Families.ContainsKey(name)) is { } missing)
            return $"reliability.families.{missing} is missing";
        if (Kinds.Keys.FirstOrDefault(name => !model.Kinds.ContainsKey(name)) is { } unknown)
            return $"reliability.kinds.{unknown} is unknown";
        foreach (var (name, prior) in Families.Concat(Kinds))
        {
            if (prior is not { Right: > 0 and <= 10_000, Wrong: > 0 and <= 10_000 })
                return $"reliability of {name}: right and wrong must be in 0..10000";
        }

        return null;
    }
}

/// <summary>Beta(right, wrong): as if a new source had been right and wrong so often already.</summary>
/// <param name="Right">Above 0.</param>
/// <param name="Wrong">Above 0.</param>
/// <param name="Source">Where the numbers come from.</param>
public sealed record ReliabilityPrior(double Right, double Wrong, string Source)
{
    /// <summary>
    /// The share of its weight, 0..1, that a source with such outcomes keeps: its ln LR moves by as much as its odds of being right have. It loses
    /// at most all of it, and gains nothing: what a kind says at best is the model's.
    /// </summary>
    /// <param name="record">How often it was right and wrong.</param>
    /// <param name="lnLr">The kind's ln LR, above 0.</param>
    public double Weight(SourceRecord record, double lnLr)
    {
        var shift = Math.Log((Right + record.Right) / (Wrong + record.Wrong)) - Math.Log(Right / Wrong);
        return Math.Clamp((lnLr + shift) / lnLr, 0, 1);
    }
}
