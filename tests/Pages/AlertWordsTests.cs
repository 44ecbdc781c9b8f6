using CivicSignals.Alerts;
using CivicSignals.Dashboard.Neighbourhoods;
using CivicSignals.Incidents;
using CivicSignals.Tests.Browser;

namespace CivicSignals.Tests.Pages;

public class AlertWordsTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly Alert First = Samples.Alert("i1", 1, Audience.Public, Now.AddMinutes(-9), "Fire in Maple Park", ["Smoke alarms in two homes"]);

    [Theory]
    [InlineData(MsgType.Update, Outcome.AllClear, Standing.Over)]
    [InlineData(MsgType.Cancel, Outcome.FalseAlarm, Standing.Withdrawn)]
    [InlineData(MsgType.Cancel, null, Standing.Withdrawn)]
    [InlineData(MsgType.Update, Outcome.Expired, Standing.Expired)]
    [InlineData(MsgType.Update, Outcome.Merged, Standing.Superseded)]
    [InlineData(MsgType.Update, null, Standing.Current)]
    public void Standing_OfTheNewestVersion_TellsHowItEnded(MsgType type, Outcome? ended, Standing standing) =>
        Assert.Equal(standing, (First with { MsgType = type, Ended = ended }).Standing(Now));

    [Fact]
    public void Standing_AtItsExpiry_IsExpired() => Assert.Equal(Standing.Expired, First.Standing(First.ExpiresAt));

    [Fact]
    public void Between_NewReason_IsToldAndTheOldOneNot()
    {
        var second = First with { Version = 2, Reasons = [.. First.Reasons, "A heat alarm"] };
        Assert.Equal(["New: A heat alarm"], AlertChange.Between(First, second, Now));
    }

    [Fact]
    public void Between_NowConfirmed_ComesFirst()
    {
        var before = First with { Confirmed = false, Certainty = Certainty.Possible };
        Assert.Equal(["It is now confirmed.", "How sure we are: from possible to likely."], AlertChange.Between(before, First with { Version = 2 }, Now));
    }

    [Fact]
    public void Between_Withdrawn_SaysSoAndNothingOfTheOldReasons()
    {
        var last = First with { Version = 2, MsgType = MsgType.Cancel, Ended = Outcome.FalseAlarm, Reasons = [] };
        Assert.Equal([Standing.Withdrawn.Sentence()], AlertChange.Between(First, last, Now));
    }

    [Fact]
    public void Between_NothingChanged_IsNeverEmpty() => Assert.Single(AlertChange.Between(First, First with { Version = 2 }, Now));
}
