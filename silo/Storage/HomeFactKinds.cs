using CivicSignals.Homes;

namespace CivicSignals.Silo.Storage;

/// <summary>Facts about homes by what they are good for.</summary>
internal static class HomeFactKinds
{
    /// <summary>Which facts are a reason to visit.</summary>
    public static readonly IReadOnlyList<HomeFactKind> Precursors =
    [
        HomeFactKind.Battery, HomeFactKind.Fault, HomeFactKind.Tamper, HomeFactKind.EndOfLife, HomeFactKind.Silent, HomeFactKind.Nuisance,
        HomeFactKind.CarbonMonoxide, HomeFactKind.Warming,
    ];

    /// <summary>Which facts say that nothing is heard.</summary>
    public static readonly IReadOnlyList<HomeFactKind> Away = [HomeFactKind.Offline, HomeFactKind.Silent];
}
