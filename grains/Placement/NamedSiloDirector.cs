using Orleans.Runtime.Placement;

namespace CivicSignals.Placement;

/// <summary>Finds the silo that a grain's key names.</summary>
public sealed class NamedSiloDirector : IPlacementDirector
{
    /// <inheritdoc/>
    /// <exception cref="SiloUnavailableException">It is not there (any more): the caller's call fails, as it would on a silo that dies.</exception>
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var named = SiloAddress.FromParsableString(target.GrainIdentity.Key.ToString()!);
        return context.GetCompatibleSilos(target).Contains(named) ? Task.FromResult(named) : throw new SiloUnavailableException($"{named} is not active");
    }
}
