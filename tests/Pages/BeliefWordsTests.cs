using CivicSignals.Dashboard.Layout;

namespace CivicSignals.Tests.Pages;

public class BeliefWordsTests
{
    [Theory]
    [InlineData(0.0, "less than 1 in a million")]
    [InlineData(0.0001, "about 1 in 10,000")]
    [InlineData(0.0000213, "about 1 in 47,000")]
    [InlineData(0.021, "about 1 in 50")]
    [InlineData(0.11, "about 1 in 9")]
    [InlineData(0.33, "about 1 in 3")]
    [InlineData(0.5, "about 1 in 2")]
    [InlineData(0.62, "about 2 in 3")]
    [InlineData(0.9, "about 9 in 10")]
    [InlineData(0.97, "about 97 in 100")]
    [InlineData(1.0, "more than 99 in 100")]
    public void Say_AnyBelief_IsHowManyOutOfHowMany(double belief, string words) => Assert.Equal(words, BeliefWords.Say(belief));

    [Theory]
    [InlineData(0.00001, "under 0.01%")]
    [InlineData(0.0021, "0.21%")]
    [InlineData(0.021, "2.1%")]
    [InlineData(0.624, "62%")]
    [InlineData(0.9961, "99.6%")]
    [InlineData(1.0, "over 99.9%")]
    public void Percent_AnyBelief_KeepsTheFiguresThatMeanSomething(double belief, string words) => Assert.Equal(words, BeliefWords.Percent(belief));
}
