namespace CivicSignals.Dashboard.Homes;

/// <summary>What sort of home it is.</summary>
/// <param name="Name">The word in files.</param>
/// <param name="Title">What people read.</param>
public sealed record HomeKind(string Name, string Title)
{
    public static IReadOnlyList<HomeKind> All { get; } =
    [
        new("dwelling", "House or flat"),
        new("shared-house", "Shared house"),
        new("sheltered-housing", "Sheltered or supported housing"),
        new("care-home", "Care home"),
        new("other", "Something else"),
    ];

    /// <summary>What people read for a kind; another's own word as it is.</summary>
    public static string Say(string name) => All.FirstOrDefault(kind => kind.Name == name)?.Title ?? name;
}
