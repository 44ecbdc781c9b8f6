namespace CivicSignals.Signals;

/// <summary>The words for services and consents in files and alerts.</summary>
public static class ServiceNames
{
    private static readonly (Consents Flag, string Name)[] Names =
    [
        (Consents.Fire, "fire"), (Consents.Police, "police"), (Consents.Ambulance, "ambulance"),
        (Consents.Highways, "highways"), (Consents.Council, "council"), (Consents.Public, "public"),
        (Consents.Prevention, "prevention"),
    ];

    /// <summary>The flag for a word (<c>fire</c>, <c>police</c>, <c>ambulance</c>, <c>highways</c>, <c>council</c>, <c>public</c>, <c>prevention</c>); None when unknown.</summary>
    public static Consents Parse(string? name)
    {
        foreach (var (flag, word) in Names)
        {
            if (word == name)
                return flag;
        }

        return Consents.None;
    }

    /// <summary>The words for flags, in a fixed order.</summary>
    public static IReadOnlyList<string> Of(Consents flags) => [.. Names.Where(n => flags.HasFlag(n.Flag)).Select(n => n.Name)];
}
