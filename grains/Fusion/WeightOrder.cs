namespace CivicSignals.Fusion;

/// <summary>Orders of weights that do not depend on the order of arrival: equal ones go by source and kind.</summary>
internal static class WeightOrder
{
    /// <summary>What counts most first.</summary>
    public static int ByWeight(Weight a, Weight b) => By(Math.Abs(b.LnLr).CompareTo(Math.Abs(a.LnLr)), a, b);

    /// <summary>What would count most alone first: the same at any time.</summary>
    public static int ByFull(Weight a, Weight b) => By(Math.Abs(b.Full).CompareTo(Math.Abs(a.Full)), a, b);

    private static int By(int order, Weight a, Weight b)
    {
        if (order != 0)
            return order;
        var bySource = string.CompareOrdinal(a.Evidence.Source, b.Evidence.Source);
        return bySource != 0 ? bySource : string.CompareOrdinal(a.Evidence.Kind, b.Evidence.Kind);
    }
}
