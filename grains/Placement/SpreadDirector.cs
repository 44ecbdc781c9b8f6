using Orleans.Runtime.Placement;

namespace CivicSignals.Placement;

/// <summary>
/// Chooses the silo of a grain by the highest of the hashes of grain and silo: when a silo goes, only its own grains move, and spread over all
/// the others; when one comes, it gets an even share from each.
/// </summary>
public sealed class SpreadDirector(Whereabouts whereabouts) : IPlacementDirector
{
    /// <inheritdoc/>
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context) =>
        Task.FromResult(Choose(target.GrainIdentity, whereabouts.Settled(context.GetCompatibleSilos(target))));

    /// <summary>Where a grain belongs.</summary>
    /// <param name="grain">Which.</param>
    /// <param name="silos">The active ones, in any order; at least one.</param>
    public static SiloAddress Choose(GrainId grain, IReadOnlyList<SiloAddress> silos)
    {
        var (best, most) = (silos[0], 0u);
        foreach (var silo in silos)
        {
            var rank = Mix((ulong)grain.GetUniformHashCode() << 32 | (uint)silo.GetConsistentHashCode());
            if (rank > most || (rank == most && silo.CompareTo(best) < 0))
                (best, most) = (silo, rank);
        }

        return best;
    }

    /// <summary>A finaliser that lets every bit decide (the constants of SplitMix64).</summary>
    private static uint Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9;
        bits = (bits ^ (bits >> 27)) * 0x94d049bb133111eb;
        return (uint)(bits >> 32);
    }
}
