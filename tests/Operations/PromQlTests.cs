namespace CivicSignals.Tests.Operations;

public sealed class PromQlTests
{
    [Theory]
    [InlineData("sum by (job, le) (rate(a_bucket{x=\"y\"}[5m])) > 0.5", "a_bucket")]
    [InlineData("a{instance=~\"$instance\",b!=\"c\"} / on (job) group_left (team) b_total offset 15m", "a b_total")]
    [InlineData("increase(a[$__rate_interval]) * 1e6 or up == 1", "a up")]
    [InlineData("rat(a)", "rat a")]
    [InlineData("12", "")]
    public void MetricsIn_AnExpression_AreWhatIsNoWordOfTheLanguage(string expression, string names) =>
        Assert.Equal(names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(), PromQl.MetricsIn(expression).Order());
}
