using CivicSignals.CommonCauses;
using CivicSignals.Tests.Areas;
using CsCheck;

namespace CivicSignals.Tests.Fusion;

public sealed class SurgeWindowTests
{
    private static readonly Gen<(int Kind, int Block, int At, int From)[]> Alarms = Gen.Select(Gen.Int[0, 2], Gen.Int[0, 5], Gen.Int[0, 60], Gen.Int[0, 60]).Array[0, 60];

    [Fact]
    public void Counts_AnyOrderOfAlarms_AreThoseOfWhatIsInTheWindow() => Alarms.Sample(alarms =>
    {
        var window = new SurgeWindow();
        var inside = new List<HomeAlarm>();
        foreach (var (kind, block, at, from) in alarms)
        {
            var alarm = new HomeAlarm($"k{kind}", null, $"b{block}", Scene.Start.AddMinutes(at));
            window.Add(alarm);
            inside.Add(alarm);
            while (window.TryTake(Scene.Start.AddMinutes(from), out var left))
            {
                Assert.Equal(inside.Min(other => other.At), left.At);
                Assert.True(inside.Remove(left));
            }

            Assert.All(inside, other => Assert.True(other.At >= Scene.Start.AddMinutes(from)));
            Assert.Equal(inside.Count, window.Count);
            Assert.Equal(inside.Select(other => other.Block).Distinct().Count(), window.Places);
            Assert.Equal(
                inside.GroupBy(other => other.Kind).Where(of => of.Select(other => other.Block).Distinct().Count() > 1).Select(of => of.Key).Order(),
                window.SharedKinds.Order());
        }
    });
}
