namespace CivicSignals.Placement;

/// <summary>Tells where grains placed by <see cref="SpreadPlacement"/> belong, by the silos that are active now.</summary>
public sealed class Whereabouts(ILocalSiloDetails here, IClusterMembershipService membership, TimeProvider time)
{
    /// <summary>For so long after a change of the members, silos may not yet agree on it.</summary>
    private static readonly TimeSpan SettlesWithin = TimeSpan.FromSeconds(10);

    /// <summary>Whose process began so much earlier than this one had come before, though this silo sees it only now; seconds, as generations are.</summary>
    private const int Earlier = 30;

    private readonly Lock _gate = new();
    private readonly Dictionary<SiloAddress, DateTimeOffset> _came = [];
    private IReadOnlyList<SiloAddress> _active = [];
    private IReadOnlyList<SiloAddress> _settled = [];
    private MembershipVersion _version = MembershipVersion.MinValue;
    private DateTimeOffset _since;

    /// <summary>This silo.</summary>
    public SiloAddress Here => here.SiloAddress;

    /// <summary>
    /// The silo where a grain is to be looked for. It may still stand elsewhere: an activation moves later than silos come and go. A silo that has just come has no grains yet, cannot be
    /// called by all, and is slow: it is left out unless all have just come.
    /// </summary>
    public SiloAddress Of(GrainId grain)
    {
        var (active, settled, _) = Active();
        return active.Count == 0 ? Here : SpreadDirector.Choose(grain, settled.Count > 0 ? settled : active);
    }

    /// <summary>Of some silos those that have not just come; all of them where there is no other.</summary>
    public IReadOnlyList<SiloAddress> Settled(IReadOnlyList<SiloAddress> silos)
    {
        var (_, settled, _) = Active();
        List<SiloAddress> chosen = [.. silos.Where(settled.Contains)];
        return chosen.Count > 0 ? chosen : silos;
    }

    /// <summary>Whether a grain that has stood for a while should be elsewhere, for silos have come since, and shares are to be even; it lets go of its activation then, and the next call finds it there.</summary>
    public bool IsElsewhere(GrainId grain)
    {
        var (active, _, since) = Active();
        return active.Count > 1 && time.GetUtcNow() - since > SettlesWithin && SpreadDirector.Choose(grain, active) != Here;
    }

    private (IReadOnlyList<SiloAddress> Active, IReadOnlyList<SiloAddress> SettlesWithin, DateTimeOffset Since) Active()
    {
        var snapshot = membership.CurrentSnapshot;
        var now = time.GetUtcNow();
        lock (_gate)
        {
            if (snapshot.Version != _version)
            {
                var active = snapshot.Members.Values.Where(member => member.Status == SiloStatus.Active).Select(member => member.SiloAddress).ToList();
                if (!active.ToHashSet().SetEquals(_active))
                {
                    (_active, _settled, _since) = (active, [.. _settled.Intersect(active)], now);
                    foreach (var silo in active)
                        _came.TryAdd(silo, Here.Generation - silo.Generation > Earlier ? DateTimeOffset.MinValue : now);
                    foreach (var gone in _came.Keys.Except(active).ToList())
                        _came.Remove(gone);
                }

                _version = snapshot.Version;
            }

            if (_settled.Count < _active.Count)
                _settled = [.. _active.Where(silo => now - _came[silo] > SettlesWithin)];
            return (_active, _settled, _since);
        }
    }
}
