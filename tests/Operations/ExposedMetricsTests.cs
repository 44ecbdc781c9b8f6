using CivicSignals.Tests.Integration;

namespace CivicSignals.Tests.Operations;

/// <summary>Rules and dashboard speak of metrics that there are. Alone: the meters of another platform in this process, when it ends, take away those of the same name.</summary>
[Collection(PlatformCollection.Name)]
public sealed class ExposedMetricsTests(ExposedMetrics metrics) : IClassFixture<ExposedMetrics>
{
    [Fact]
    public void Scrape_EveryFamily_IsThatOfAnInstrument()
    {
        Assert.NotEmpty(metrics.Families);
        Assert.Empty(metrics.Families.Except(metrics.Declared).Except(["target_info"]));
    }

    [Theory]
    [InlineData("civicsignals_messages_in_flight_limit")]
    [InlineData("civicsignals_ledger_write_failures_total")]
    [InlineData("civicsignals_homes_registered")]
    [InlineData("civicsignals_homes_missed")]
    [InlineData("civicsignals_health")]
    public void Scrape_WhatRulesCompareWithZero_IsThereBeforeAnythingHappens(string name) => Assert.Contains(name, metrics.Families);

    [Theory]
    [InlineData("area-unavailable")]
    [InlineData("memory-unavailable")]
    public void Scrape_Failures_StandAtZeroBeforeTheFirst(string reason) =>
        Assert.Matches($"(?m)^civicsignals_messages_settled_total{{[^}}]*outcome=\"failed\",reason=\"{reason}\"[^}}]*}} 0", metrics.Scrape);

    [Fact]
    public void Rules_EveryName_IsExposed() =>
        Assert.All(RuleFile.Read(), rule => Assert.Equal([], metrics.MissingIn(rule.Expression)));

    [Fact]
    public void Dashboard_EveryName_IsExposed() =>
        Assert.All(DashboardFile.Queries(), query => Assert.Equal([], metrics.MissingIn(query)));

    [Theory]
    [InlineData("sum(rate(civicsignals_mesages_received_total[5m])) > 0", "civicsignals_mesages_received_total")]
    [InlineData("rate(civicsignals_alert_latency_bucket[5m])", "civicsignals_alert_latency_bucket")]
    [InlineData("up and civicsignals_messages_in_flight_total", "civicsignals_messages_in_flight_total")]
    public void MissingIn_AWrongName_NamesIt(string expression, string name) => Assert.Equal([name], metrics.MissingIn(expression));
}
