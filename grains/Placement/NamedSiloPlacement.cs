using Orleans.Placement;

namespace CivicSignals.Placement;

/// <summary>Places a grain on the silo that its key names (<see cref="SiloAddress.ToParsableString"/>), and nowhere else.</summary>
[GenerateSerializer, Immutable, Alias("named-silo")]
public sealed class NamedSiloPlacement : PlacementStrategy
{
    internal static NamedSiloPlacement Instance { get; } = new();
}

/// <summary>Places a grain class by <see cref="NamedSiloPlacement"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NamedSiloPlacementAttribute() : PlacementAttribute(NamedSiloPlacement.Instance);
