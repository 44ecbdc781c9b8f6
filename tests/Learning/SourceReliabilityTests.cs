using System.Text.Json;
using CivicSignals.Homes;
using CivicSignals.Incidents;
using CivicSignals.Learning;
using CivicSignals.Ledger;
using CivicSignals.Signals;
using CivicSignals.Tests.Areas;
using CsCheck;

namespace CivicSignals.Tests.Learning;

public sealed class SourceReliabilityTests
{
    private readonly Scene _scene = new();

    [Fact]
    public void FalseAlarm_ByAnOperator_CountsAgainstEverySourceThatSpokeAndOnceEach()
    {
        Hear(0, Scene.Home("p1", "a", "fire.smoke", 0), Scene.Home("p1", "a", "fire.heat", 0), Report("r1", "report.nothing-here", 0));
        Act(1, ActionVerb.FalseAlarm);

        Assert.Equal([("homes/p1/a fire.heat", 0, 1), ("homes/p1/a fire.smoke", 0, 1)], Sources.Select(Tally));
    }

    [Fact]
    public void Tick_LongAfter_ForgetsResidentsAndLaterEverybody()
    {
        Hear(0, Scene.Home("p1", "a", "fire.smoke", 0), Report("r1", "report.fire", 0));
        Act(1, ActionVerb.FalseAlarm);
        Assert.Equal(2, Sources.Length);

        _scene.Tick(At(3 * 24 * 60));
        Assert.Equal("homes/p1/a", Assert.Single(Sources).Source);
        _scene.Tick(At(731 * 24 * 60));
        Assert.Empty(_scene.State.Learnt?.Sources ?? []);
    }

    [Fact]
    public void Confirmed_ThenOver_CountsForEverySourceWhateverEndsIt()
    {
        Hear(0, Scene.Home("p1", "a", "fire.smoke", 0));
        Act(1, ActionVerb.Confirm);
        Hear(2, Scene.Home("p1", "b", "fire.heat", 2));
        Assert.Empty(Sources);
        _scene.Tick(At(2000));

        Assert.Equal([("homes/p1/a fire.smoke", 1, 0), ("homes/p1/b fire.heat", 1, 0)], Sources.Select(Tally));
    }

    [Fact]
    public void AllClear_AfterTwoKinds_CountsOnlyWhereAPersonGaveIt()
    {
        Hear(0, Scene.Home("p1", "a", "fire.smoke", 0), Scene.Home("p1", "b", "fire.heat", 0));
        Act(1, ActionVerb.AllClear);
        Assert.Equal([("homes/p1/a fire.smoke", 1, 0), ("homes/p1/b fire.heat", 1, 0)], Sources.Select(Tally));

        Hear(500, Scene.Home("p2", "a", "fire.smoke", 500), Scene.Home("p2", "b", "fire.heat", 500));
        Hear(501, Scene.Home("p2", "a", "fire.smoke", 501, active: false), Scene.Home("p2", "b", "fire.heat", 501, active: false));
        _scene.Tick(At(2000));
        Assert.Empty(_scene.State.Open);
        Assert.Equal(2, Sources.Length);
    }

    [Theory]
    [InlineData(ActionVerb.AllClear)]
    [InlineData(ActionVerb.Acknowledge)]
    public void Unconfirmed_NotFoundFalse_TeachesNothing(ActionVerb verb)
    {
        Hear(0, Scene.Home("p1", "a", "fire.smoke", 0));
        Act(1, verb);
        _scene.Tick(At(2000));
        Assert.Null(_scene.State.Learnt);
    }

    [Fact]
    public void LaterEvidence_OfASourceThatWasWrong_CountsLessAndSaysWhy()
    {
        for (var i = 0; i < 3; i++)
        {
            Hear(i * 500, Scene.Home("p1", "a", "fire.smoke", i * 500), Report("r1", "report.fire", i * 500));
            Act((i * 500) + 1, ActionVerb.FalseAlarm);
        }

        Hear(2000, Scene.Home("p9", "a", "fire.smoke", 2000), Report("r1", "report.fire", 2000), Report("r2", "report.fire", 2000));

        var evidence = _scene.State.Open[0].Evidence.ToDictionary(e => e.Source);
        Assert.Equal(1 - (Math.Log(4) / 18.4), evidence["reports/r1"].Reliability!.Value, 3);
        Assert.Null(evidence["reports/r2"].Reliability);
        Assert.Null(evidence["homes/p9/a"].Reliability);
        var line = _scene.Incidents.Last().Evidence.Single(e => e.Source == "reports/r1");
        Assert.Contains("counts less because this source has been wrong before", line.Why, StringComparison.Ordinal);
        Assert.True(line.LnLr < _scene.Incidents.Last().Evidence.Single(e => e.Source == "reports/r2").LnLr);
    }

    [Fact]
    public void Evidence_WithoutReliability_HasNoSuchMember() =>
        Assert.DoesNotContain("reliability", JsonSerializer.Serialize(Evidence.Of(Scene.Home("p1", "a", "fire.smoke", 0)), LedgerJson.Lines.Evidence), StringComparison.Ordinal);

    [Fact]
    public void Weight_AnyRecord_LiesBetweenNothingAndAll() =>
        Gen.Select(Gen.Double[0.1, 50], Gen.Double[0.1, 50], Gen.Int[0, 5000], Gen.Int[0, 5000], Gen.Double[0.05, 30]).Sample((right, wrong, rights, wrongs, lnLr) =>
        {
            var prior = new ReliabilityPrior(right, wrong, "");
            double Weight(int r, int w) => prior.Weight(new SourceRecord("s", "k", r, w, default), lnLr);
            Assert.InRange(Weight(rights, wrongs), 0, 1);
            Assert.True(Weight(rights, wrongs + 1) <= Weight(rights, wrongs));
            Assert.True(Weight(rights + 1, wrongs) >= Weight(rights, wrongs));
            Assert.Equal(1, Weight(rights, 0));
        });

    [Fact]
    public void Learnt_OrderWithinABatch_DoesNotMatter() =>
        Gen.Select(Gen.Select(Gen.Int[0, 3], Gen.Int[0, 2], Gen.Bool).Array[1, 8], Gen.Int).Sample((said, seed) =>
        {
            var signals = said.Select(s => Scene.Home($"p{s.Item1}", $"d{s.Item2}", s.Item3 ? "fire.smoke" : "fire.heat", 0)).DistinctBy(s => (s.Source, s.Kind)).ToArray();
            var shuffled = (Signal[])signals.Clone();
            new Random(seed).Shuffle(shuffled);
            Assert.Equal(Story(signals), Story(shuffled));
        }, iter: 300);

    [Fact]
    public void Sources_BeyondTheBound_TheLongestUnheardGoFirst()
    {
        const int Rounds = 18;
        for (var round = 0; round < Rounds; round++)
        {
            var minutes = round * 500;
            Hear(minutes, [.. Enumerable.Range(0, 250).Select(i => Scene.Home("p1", $"{(char)('z' - round)}{i:000}", "fire.smoke", minutes))]);
            Act(minutes + 1, ActionVerb.FalseAlarm);
        }

        Assert.Equal(SourceRecord.MostPerArea, Sources.Length);
        Assert.Equal((18 * 250) - SourceRecord.MostPerArea, (2 * 250) - Sources.Count(record => record.Source[9] is 'z' or 'y'));
        Assert.DoesNotContain(Sources, record => record.Source[9] == 'z');
        Assert.Equal(250, Sources.Count(record => record.Source[9] == 'i'));
        Assert.Equal(Sources.Select(record => record.Source).Order(StringComparer.Ordinal), Sources.Select(record => record.Source));
    }

    [Fact]
    public void Erased_Home_IsForgotten()
    {
        Hear(0, Scene.Home("p1", "a", "fire.smoke", 0), Scene.Home("p2", "a", "fire.smoke", 0));
        Act(1, ActionVerb.FalseAlarm);
        _scene.Revise(At(2), HomeChange.Moved, "p1", Consents.All);
        Assert.Equal(2, Sources.Length);

        _scene.Revise(At(3), HomeChange.Erased, "p1", Consents.None);
        Assert.Equal("homes/p2/a", Assert.Single(Sources).Source);
        Assert.DoesNotContain("p1", JsonSerializer.Serialize(_scene.State, LedgerJson.Lines.AreaState), StringComparison.Ordinal);
    }

    private System.Collections.Immutable.ImmutableArray<SourceRecord> Sources => (_scene.State.Learnt ?? Learnt.Nothing).Sources;

    private static (string, int, int) Tally(SourceRecord record) => ($"{record.Source} {record.Kind}", record.Right, record.Wrong);

    private static DateTimeOffset At(double minutes) => Scene.Start.AddMinutes(minutes);

    private static Signal Report(string reporter, string kind, double minutes) =>
        Scene.Home("x", "x", kind, minutes) with { Source = $"reports/{reporter}", Premises = null };

    private static string Story(Signal[] signals)
    {
        var scene = new Scene();
        scene.Hear(At(0), signals);
        foreach (var incident in scene.State.Open)
            scene.Act(At(1), incident.Id, ActionVerb.FalseAlarm);
        return JsonSerializer.Serialize(scene.State.Learnt, LedgerJson.Lines.Learnt);
    }

    private void Hear(double minutes, params Signal[] signals) => _scene.Hear(At(minutes), signals);

    private void Act(double minutes, ActionVerb verb) => Assert.Equal(ActionResult.Done, _scene.Act(At(minutes), _scene.State.Open[0].Id, verb));
}
