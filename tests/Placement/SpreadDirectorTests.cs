using System.Net;
using CivicSignals.Placement;

namespace CivicSignals.Tests.Placement;

public sealed class SpreadDirectorTests
{
    private static readonly SiloAddress[] Silos = [.. Enumerable.Range(1, 4).Select(n => SiloAddress.New(new IPEndPoint(IPAddress.Parse($"10.0.0.{n}"), 11111), 155_048_440 + n))];
    private static readonly GrainId[] Areas = [.. Enumerable.Range(0, 4000).Select(n => GrainId.Create("area", $"0313112313{n:x4}"))];

    [Fact]
    public void Choose_ManyAreas_SpreadsThemEvenly() =>
        Assert.All(Areas.CountBy(area => SpreadDirector.Choose(area, Silos)), share => Assert.InRange(share.Value, 880, 1120));

    [Fact]
    public void Choose_InAnyOrder_IsTheSame() =>
        Assert.All(Areas, area => Assert.Equal(SpreadDirector.Choose(area, Silos), SpreadDirector.Choose(area, [.. Silos.Reverse()])));

    [Fact]
    public void Choose_WithoutOneSilo_MovesItsAreasOnlyAndToAllOthers()
    {
        var rest = Silos[..3];
        var moved = Areas.Where(area => SpreadDirector.Choose(area, Silos) != SpreadDirector.Choose(area, rest)).ToList();
        Assert.All(moved, area => Assert.Equal(Silos[3], SpreadDirector.Choose(area, Silos)));
        Assert.Equal(3, moved.CountBy(area => SpreadDirector.Choose(area, rest)).Count(share => share.Value > 200));
    }
}
