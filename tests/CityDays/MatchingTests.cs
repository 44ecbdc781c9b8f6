using CivicSignals.Evaluation.Days;
using CivicSignals.Evaluation.Scoring;
using CivicSignals.Evaluation.Town;

namespace CivicSignals.Tests.CityDays;

public sealed class MatchingTests
{
    private static readonly DateTimeOffset Onset = new(2026, 1, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly Point Here = new(53.28, -2.98);

    [Theory]
    [InlineData(Hazards.Fire, 149, 0, nameof(Fit.Same))]
    [InlineData(Hazards.Fire, 151, 0, nameof(Fit.None))]
    [InlineData(Hazards.Fire, 240, 100, nameof(Fit.Same))]
    [InlineData(Hazards.Fire, 460, 5000, nameof(Fit.None))] // A stated radius of kilometres says nothing.
    [InlineData(Hazards.CarbonMonoxide, 50, 0, nameof(Fit.Also))]
    [InlineData(Hazards.Flood, 0, 0, nameof(Fit.None))]
    public void Of_PlaceAndHazard_FitOrNot(string hazard, double metres, double radius, string expected) =>
        Assert.Equal(expected, MatchRule.Of(Fire("t1", Here), hazard, Here.Moved(metres, 0), radius, Onset).ToString());

    [Theory]
    [InlineData(-4, nameof(Fit.Same))]
    [InlineData(-6, nameof(Fit.None))]
    [InlineData(89, nameof(Fit.Same))]
    [InlineData(91, nameof(Fit.None))]
    public void Of_Time_FromShortlyBeforeToHalfAnHourAfter(double minutes, string expected) =>
        Assert.Equal(expected, MatchRule.Of(Fire("t1", Here), Hazards.Fire, Here, 0, Onset.AddMinutes(minutes)).ToString());

    [Fact]
    public void Of_PersonalAttack_IsACallForHelp()
    {
        var need = new TrueIncident("t1", Hazards.Medical, [], Here, Onset, Onset.AddMinutes(20));

        Assert.Equal(Fit.Same, MatchRule.Of(need, Hazards.PersonalAttack, Here, 0, Onset));
    }

    [Fact]
    public void Of_TwoIncidentsNear_TakesTheNearer()
    {
        var (near, far) = (Fire("t1", Here), Fire("t2", Here.Moved(120, 0)));
        var matching = Matching.Of([Told(Here.Moved(20, 0))], [far, near]);

        Assert.Same(near, matching.Claims[0].Truth);
        Assert.Null(matching.Detection(far));
    }

    [Fact]
    public void Tally_HandCounted_AddsUp()
    {
        // t1 told twice, t2 only as carbon monoxide, t3 lies under t1's alert, t4 reached nobody; one alert is false.
        TrueIncident[] truths = [Seen("t1", Here, 2), Seen("t2", Here.Moved(2000, 0), 1), Seen("t3", Here.Moved(140, 0), 1), Fire("t4", Here.Moved(0, 3000))];
        Claim[] claims = [Told(Here), Told(Here.Moved(5, 0), 3), Told(Here.Moved(2000, 0)) with { Hazard = Hazards.CarbonMonoxide }, Told(Here.Moved(0, 1000))];
        var tally = Tally.Of(Matching.Of(claims, truths), null, _ => true);

        Assert.Equal((4, 3), (tally.Claims, tally.TrueClaims));
        Assert.Equal((3, 1), (tally.Seen, tally.SeenFound));
        Assert.Equal((1, 1), (tally.Twice, tally.TwiceFound));
        Assert.Equal((2, 3, 1, 1), (tally.Alerted, tally.AlertsAboutAlerted, tally.Split, tally.Merged));
        Assert.Equal(0.75, tally.Precision);
        Assert.Equal(1.5, tally.AlertsPerIncident);
    }

    [Fact]
    public void Tally_SupersededAlert_IsNoDuplicate()
    {
        var matching = Matching.Of([Told(Here), Told(Here, 1) with { Superseded = true }], [Seen("t1", Here, 1)]);

        Assert.Equal(1, Tally.Of(matching, null, _ => true).AlertsPerIncident);
    }

    private static Claim Told(Point place, double minutes = 1) => new(Hazards.Fire, place, 0, Onset.AddMinutes(minutes));

    private static TrueIncident Fire(string id, Point place) => new(id, Hazards.Fire, [Hazards.CarbonMonoxide], place, Onset, Onset.AddMinutes(60));

    private static TrueIncident Seen(string id, Point place, int sources)
    {
        var fire = Fire(id, place);
        for (var i = 0; i < sources; i++)
            fire.Observations.Add(new Observation($"home{i}/Smoke", Hazards.Fire, Witness.HomeSensor, true, place, Onset, fire) { ReceivedAt = Onset.AddSeconds(i) });
        return fire;
    }
}
