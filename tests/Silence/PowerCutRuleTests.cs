using CivicSignals.Ingest.Silence;

namespace CivicSignals.Tests.Silence;

public sealed class PowerCutRuleTests
{
    private static readonly DateTimeOffset Dark = new(2026, 1, 10, 18, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Now = Dark.AddMinutes(5);

    /// <summary>Seconds after dark at which homes of area A and of area B were lost; a dash: still there.</summary>
    [Theory]
    [InlineData("0 10 20 30 40 50 60 70 80 90", "- - -", 10, "all of a street, one after the other as their keep-alives run out")]
    [InlineData("0 10 20 30 40 - - - - -", "- - -", 5, "half of a street")]
    [InlineData("0 10 20 30 40 50 - - - -", "0 - - -", 6, "and one home elsewhere that happened to go")]
    [InlineData("0 0 0 0 - - - - - -", "- - -", 0, "too few")]
    [InlineData("0 0 0 0 0 - - - - - -", "- - -", 0, "fewer than half: a bad router in one block")]
    [InlineData("0 60 120 180 240 300 360 420 480 540", "- - -", 0, "one after the other, over nine minutes")]
    [InlineData("0 0 0 0 0 0 0 0 0 0", "0 0 0", 0, "everyone everywhere: the network in front of the platform")]
    [InlineData("0 0 0 0 0 0 0 0 0 0", "0 0 - -", 0, "elsewhere as many stayed as went: no claim")]
    [InlineData("0 0 0 0 0 0 0 0 0 0", "", 0, "nowhere else to compare with")]
    [InlineData("- - - - - - - - - -", "- - -", 0, "nothing")]
    public void Find_TenHomes_IsAPowerCutOnlyWhenTheyWentTogetherAndOthersStayed(string a, string b, int lost, string why)
    {
        var found = PowerCutRule.Default.Find([.. Homes("A", a), .. Homes("B", b)], Now.AddMinutes(10)); // Also the slowest of them has settled.

        Assert.True(found.Select(cut => (cut.Area, cut.Lost)).SequenceEqual(lost == 0 ? [] : [("A", lost)]), why);
    }

    [Fact]
    public void Find_NotSettled_Waits()
    {
        WatchedHome[] homes = [.. Homes("A", "0 0 0 0 0 0 0 0 0 0"), .. Homes("B", "- - -")];
        Assert.Empty(PowerCutRule.Default.Find(homes, Dark.AddSeconds(119)));
        var cut = Assert.Single(PowerCutRule.Default.Find(homes, Dark.AddSeconds(120)));
        Assert.Equal((10, 10, Dark), (cut.Lost, cut.Of, cut.Since));
    }

    [Fact]
    public void Find_BackBeforeItSettled_IsNone()
    {
        // A restarted router: most are back within a minute.
        WatchedHome[] homes = [.. Homes("A", "0 0 0 - - - - - - -"), .. Homes("B", "- - -")];
        Assert.Empty(PowerCutRule.Default.Find(homes, Now));
    }

    [Fact]
    public void Find_LostLongAgo_IsForgotten()
    {
        WatchedHome[] homes = [.. Homes("A", "0 0 0 0 0 0 0 0 0 0"), .. Homes("B", "- - -")];
        Assert.Empty(PowerCutRule.Default.Find(homes, Dark.AddHours(1).AddSeconds(1)));
    }

    [Theory]
    [InlineData(10, 10, 0, false)]
    [InlineData(10, 10, 5, false)]
    [InlineData(10, 10, 6, true)]
    [InlineData(6, 10, 6, false)]
    [InlineData(6, 10, 8, true)]
    public void IsOver_WhenMostOfThoseLostAreBack(int lost, int of, int connected, bool over) => Assert.Equal(over, PowerCutRule.IsOver(lost, of, connected));

    private static IEnumerable<WatchedHome> Homes(string area, string lost) =>
        lost.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(at => new WatchedHome(area, at == "-" ? null : Dark.AddSeconds(int.Parse(at))));
}
