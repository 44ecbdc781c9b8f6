using CivicSignals.Dashboard.Layout;

namespace CivicSignals.Tests.Pages;

public class UkTimeTests
{
    private static readonly DateTimeOffset Winter = new(2026, 1, 10, 12, 3, 9, TimeSpan.Zero);
    private static readonly DateTimeOffset Summer = new(2026, 7, 10, 23, 30, 0, TimeSpan.Zero);

    [Fact]
    public void Full_InWinter_SaysUkWinterTime() => Assert.Equal("12:03pm on Saturday 10 January 2026, UK winter time (GMT)", UkTime.Full(Winter));

    [Fact]
    public void Full_LateOnASummerEvening_IsTheNextDayInTheUk() =>
        Assert.Equal("12:30am on Saturday 11 July 2026, UK summer time (BST)", UkTime.Full(Summer));

    [Fact]
    public void Clock_InSummer_IsAnHourAheadOfUtc() => Assert.Equal("00:30", UkTime.Clock(Summer));

    [Fact]
    public void Machine_AnyMoment_IsUtc() => Assert.Equal("2026-07-10T23:30:00Z", UkTime.Machine(Summer.ToOffset(TimeSpan.FromHours(1))));

    [Theory]
    [InlineData(59, "less than a minute")]
    [InlineData(60, "1 min")]
    [InlineData(3599, "59 min")]
    [InlineData(11_100, "3 h 05 min")]
    [InlineData(86_400, "1 day")]
    [InlineData(180_000, "2 days")]
    public void Age_AnySpan_IsInTheUnitThatPeopleSay(int seconds, string words) => Assert.Equal(words, UkTime.Age(TimeSpan.FromSeconds(seconds)));
}
