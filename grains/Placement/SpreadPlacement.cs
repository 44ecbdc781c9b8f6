using Orleans.Placement;

namespace CivicSignals.Placement;

/// <summary>Spreads grains evenly: each belongs on one silo, which follows from its id and the silos that are active, so every silo says the same.</summary>
[GenerateSerializer, Immutable, Alias("spread")]
public sealed class SpreadPlacement : PlacementStrategy
{
    internal static SpreadPlacement Instance { get; } = new();
}

/// <summary>Places a grain class by <see cref="SpreadPlacement"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SpreadPlacementAttribute() : PlacementAttribute(SpreadPlacement.Instance);
