using CivicSignals.Evaluation;
using CivicSignals.Evaluation.Baselines;
using CivicSignals.Evaluation.Days;
using CivicSignals.Evaluation.Scoring;
using CivicSignals.Evaluation.Town;

namespace CivicSignals.Tests.CityDays;

public sealed class MetricsTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly Point Here = new(53.28, -2.98);

    [Fact]
    public void Calibration_HandComputed_BrierSkillAndError()
    {
        // Ten forecasts of 0.2 of which one is true, ten of 0.8 of which nine are: bins of two.
        var forecasts = Enumerable.Range(0, 10).Select(i => Said(0.2, i == 0)).Concat(Enumerable.Range(0, 10).Select(i => Said(0.8, i != 0)));
        var calibration = Calibration.Of(forecasts);

        Assert.Equal((20, 10), (calibration.Count, calibration.Bins.Count));
        Assert.Equal(0.5, calibration.BaseRate, 12);
        Assert.Equal(((9 * 0.04) + 0.64 + (9 * 0.04) + 0.64) / 20, calibration.Brier, 12);
        Assert.Equal(1 - (0.1 / 0.25), calibration.Skill, 12);
        // Sorted by truth within a belief: four bins of 0.2 and none true, one of 0.2 and half, one of 0.8 and half, four of 0.8 and all.
        Assert.Equal(((8 * 2 * 0.2) + (2 * 2 * 0.3)) / 20, calibration.Ece, 12);
    }

    [Fact]
    public void Calibration_BeliefsUpToOneInAHundred_AreLeftOut() => Assert.Equal(1, Calibration.Of([Said(0.01, false), Said(0.011, false)]).Count);

    [Theory]
    [InlineData(0.5, 2)]
    [InlineData(0.9, double.PositiveInfinity)]
    public void Quantile_NeverCountsAsAValue(double part, double expected) =>
        Assert.Equal(expected, Statistics.Quantile([3, 1, double.PositiveInfinity, 2], part));

    [Fact]
    public void Bootstrap_SameDays_SameInterval_AroundTheValue()
    {
        double[] days = [1, 2, 3, 4, 5, 6];
        var interval = Statistics.Bootstrap(days, sample => sample.Average());

        Assert.Equal(interval, Statistics.Bootstrap(days, sample => sample.Average()));
        Assert.Equal(3.5, interval.Value);
        Assert.InRange(interval.Low, 1.5, 3);
        Assert.InRange(interval.High, 4, 5.5);
    }

    [Fact]
    public void Curve_HandComputed_PrecisionAtRecall()
    {
        TrueIncident[] truths = [Fire("t1", Here), Fire("t2", Here.Moved(1000, 0))];
        Claim[] claims = [Told(Here, 0.9), Told(Here.Moved(0, 1000), 0.5), Told(Here.Moved(1000, 0), 0.5)];
        var curve = Curve.Of([Matching.Of(claims, truths)], _ => true);

        Assert.Equal([(0.9, 1, 0.5), (0.5, 2 / 3.0, 1)], curve.Points.Select(p => (p.Threshold, p.Precision, p.Recall)));
        Assert.Equal(1, curve.PrecisionAt(0.5));
        Assert.Equal(2 / 3.0, curve.PrecisionAt(0.6));
        Assert.Null(curve.PrecisionAt(1.1));
    }

    [Fact]
    public void AnySensor_SameSourceWithinHalfAnHour_IsOneAlert() =>
        Assert.Equal(3, AnySensor.Claims([Alarm("a", 0), Alarm("a", 20), Alarm("a", 31), Alarm("b", 1), Alarm("c", 1) with { Alone = false }]).Count());

    [Theory]
    [InlineData("b", 4, 1)]
    [InlineData("b", 6, 0)]
    [InlineData("a", 4, 0)] // The same source twice is not two.
    public void TwoOfN_WithinFiveMinutes_OneAlert(string second, double minute, int alerts) =>
        Assert.Equal(alerts, TwoOfN.Claims([Alarm("a", 0), Alarm(second, minute)]).Count());

    [Theory]
    [InlineData("1..4", false, true)]
    [InlineData("1001..1008", true, true)]
    [InlineData("1..4", true, false)]
    [InlineData("1001..1008", false, false)]
    [InlineData("98..1001", false, false)]
    [InlineData("4..1", false, false)]
    public void Seeds_DevelopmentAndReporting_NeverMix(string range, bool reporting, bool allowed)
    {
        if (allowed)
            Seeds.Parse(range, reporting);
        else
            Assert.Throws<FormatException>(() => Seeds.Parse(range, reporting));
    }

    private static Forecast Said(double belief, bool real) => new(Hazards.Fire, belief, real);

    private static Claim Told(Point place, double score) => new(Hazards.Fire, place, 0, At, score);

    private static TrueIncident Fire(string id, Point place) => new(id, Hazards.Fire, [], place, At, At.AddMinutes(60));

    private static Observation Alarm(string origin, double minute) =>
        new(origin, Hazards.Fire, Witness.HomeSensor, true, Here, At.AddMinutes(minute), null) { ReceivedAt = At.AddMinutes(minute) };
}
