using System.Collections.Immutable;
using System.Net;
using CivicSignals.Placement;
using Microsoft.Extensions.Time.Testing;

namespace CivicSignals.Tests.Areas;

public sealed class WhereaboutsTests
{
    private static readonly TimeSpan Settles = TimeSpan.FromSeconds(11);
    private static readonly SiloAddress[] Silos = [.. Enumerable.Range(1, 3).Select(number => Silo(number))];
    private static readonly GrainId[] Grains = [.. Enumerable.Range(0, 60).Select(number => GrainId.Create("area", $"{number}"))];

    private readonly FakeTimeProvider _time = new();
    private readonly Members _members = new(Silos[0]);
    private readonly Whereabouts _whereabouts;

    public WhereaboutsTests() => _whereabouts = new Whereabouts(_members, _members, _time);

    [Fact]
    public void Of_AllHaveJustCome_SpreadsOverAll()
    {
        _members.Are(Silos);
        Assert.Equal(Silos.ToHashSet(), Asked());
    }

    [Fact]
    public void Of_OneHasJustCome_IsOfTheOthersUntilItHasSettled()
    {
        _members.Are(Silos[..2]);
        Asked();
        _time.Advance(Settles);
        _members.Are(Silos);
        Assert.Equal(Silos[..2].ToHashSet(), Asked());
        _time.Advance(Settles);
        Assert.Equal(Silos.ToHashSet(), Asked());
    }

    [Fact]
    public void Of_OneHasGone_IsOfTheOthersAtOnce()
    {
        _members.Are(Silos);
        Asked();
        _time.Advance(Settles);
        Asked();
        _members.Are(Silos[1..]);
        Assert.Equal(Silos[1..].ToHashSet(), Asked());
    }

    /// <summary>As of two machines whose other one was replaced: nobody else is there.</summary>
    [Fact]
    public void Of_TheOnlySettledHasGone_IsOfTheNew()
    {
        _members.Are(Silos[..1]);
        Asked();
        _time.Advance(Settles);
        Asked();
        _members.Are(Silos[1..]);
        Assert.Equal(Silos[1..].ToHashSet(), Asked());
    }

    /// <summary>As this silo sees it that has just come itself.</summary>
    [Fact]
    public void Of_OthersBeganLongBefore_IsOfThem()
    {
        SiloAddress[] others = [Silo(2, began: 100), Silo(3, began: 170)];
        var late = new Members(Silo(1, began: 201));
        late.Are([late.SiloAddress, .. others]);
        var whereabouts = new Whereabouts(late, late, _time);
        Assert.Equal(others.ToHashSet(), Grains.Select(whereabouts.Of).ToHashSet());
        _time.Advance(Settles);
        Assert.Contains(late.SiloAddress, Grains.Select(whereabouts.Of));
    }

    [Fact]
    public void Settled_OneHasJustCome_IsTheOthersUnlessThereIsNoOther()
    {
        _members.Are(Silos[..2]);
        Asked();
        _time.Advance(Settles);
        _members.Are(Silos);
        Assert.Equal(Silos[..2], _whereabouts.Settled(Silos));
        Assert.Equal(Silos[2..], _whereabouts.Settled(Silos[2..]));
    }

    [Fact]
    public void Of_NobodyIsKnownYet_IsHere() => Assert.Equal(Silos[0], _whereabouts.Of(Grains[0]));

    [Fact]
    public void IsElsewhere_OnlyOnceTheMembersHaveSettled()
    {
        _members.Are(Silos);
        Assert.DoesNotContain(Grains, _whereabouts.IsElsewhere);
        _time.Advance(Settles);
        Assert.Equal(Grains.Where(grain => _whereabouts.Of(grain) != Silos[0]), Grains.Where(_whereabouts.IsElsewhere));
    }

    private HashSet<SiloAddress> Asked() => [.. Grains.Select(_whereabouts.Of)];

    private static SiloAddress Silo(int number) => Silo(number, began: number);

    /// <param name="number">Which.</param>
    /// <param name="began">When its process did, seconds.</param>
    private static SiloAddress Silo(int number, int began) => SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 11_110 + number), began);

    /// <summary>A cluster.</summary>
    private sealed class Members(SiloAddress here) : IClusterMembershipService, ILocalSiloDetails
    {
        public ClusterMembershipSnapshot CurrentSnapshot { get; private set; } = new(ImmutableDictionary<SiloAddress, ClusterMember>.Empty, MembershipVersion.MinValue);

        public IAsyncEnumerable<ClusterMembershipSnapshot> MembershipUpdates => throw new NotSupportedException();

        public string Name => "one";

        public string ClusterId => "cluster";

        public string DnsHostName => "localhost";

        public SiloAddress SiloAddress => here;

        public SiloAddress GatewayAddress => throw new NotSupportedException();

        public void Are(IReadOnlyList<SiloAddress> silos) => CurrentSnapshot = new(
            silos.ToImmutableDictionary(silo => silo, silo => new ClusterMember(silo, SiloStatus.Active, silo.ToString())),
            new MembershipVersion(CurrentSnapshot.Version.Value == long.MinValue ? 1 : CurrentSnapshot.Version.Value + 1));

        public ValueTask Refresh(MembershipVersion minimumVersion = default, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<bool> TryKill(SiloAddress siloAddress) => throw new NotSupportedException();
    }
}
