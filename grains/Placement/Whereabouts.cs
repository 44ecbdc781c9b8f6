namespace CivicSignals.Placement;

/// <summary>Tells where grains placed by <see cref="SpreadPlacement"/> belong, by the silos that are active now.</summary>
public sealed class Whereabouts(ILocalSiloDetails here, IClusterMembershipService membership, TimeProvider time)
{
    /// <summary>For so long after a change of the members, silos may not yet agree on it.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private IReadOnlyList<SiloAddress> _active = [];
    private MembershipVersion _version = MembershipVersion.MinValue;
    private DateTimeOffset _since;

    /// <summary>This silo.</summary>
    public SiloAddress Here => here.SiloAddress;

    /// <summary>The silo where a grain belongs. It may still stand elsewhere: an activation moves later than silos come and go.</summary>
    public SiloAddress Of(GrainId grain) => Active().Active is { Count: > 0 } active ? SpreadDirector.Choose(grain, active) : Here;

    /// <summary>Whether a grain that has stood for a while should be elsewhere, for silos have come since, and shares are to be even; it lets go of its activation then, and the next call finds it there.</summary>
    public bool IsElsewhere(GrainId grain)
    {
        var (active, since) = Active();
        return active.Count > 1 && time.GetUtcNow() - since > Settled && SpreadDirector.Choose(grain, active) != Here;
    }

    private (IReadOnlyList<SiloAddress> Active, DateTimeOffset Since) Active()
    {
        var snapshot = membership.CurrentSnapshot;
        lock (_gate)
        {
            if (snapshot.Version != _version)
            {
                var active = snapshot.Members.Values.Where(member => member.Status == SiloStatus.Active).Select(member => member.SiloAddress).ToList();
                if (!active.ToHashSet().SetEquals(_active))
                    (_active, _since) = (active, time.GetUtcNow());
                _version = snapshot.Version;
            }

            return (_active, _since);
        }
    }
}
