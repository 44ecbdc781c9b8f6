using CivicSignals.Incidents;
using CivicSignals.Signals;
using CsCheck;

namespace CivicSignals.Tests.Areas;

/// <summary>Whatever people merge, split and take back, in any order, between whatever signals.</summary>
public sealed class MergeAndSplitProperties
{
    private static readonly string[] Kinds = ["fire.smoke", "fire.heat", "gas.co", "flood.indoor"];

    private static readonly Gen<Signal> AnySignal =
        Gen.Select(Gen.Int[0, 7], Gen.Int[0, 2], Gen.Int[0, 3].Select(kind => Kinds[kind]), Gen.Int[-600, 600])
            .Select((home, device, kind, north) => Scene.Home($"p{home}", $"d{device}", kind, 0, north: north));

    private static readonly Gen<Step[]> AnyStory =
        Gen.Select(Gen.Int[0, 5], AnySignal.Array[1, 5], Gen.Int[0, 99], Gen.Int[0, 99], Gen.Bool)
            .Select((what, signals, first, second, some) => new Step(what, signals, first, second, some)).Array[2, 14];

    [Fact]
    public void Act_AnyStory_ConservesEvidenceEachInOneOpenIncident() =>
        AnyStory.Sample(story =>
        {
            var scene = new Scene();
            var heard = new HashSet<string>();
            for (var minute = 0; minute < story.Length; minute++)
            {
                Play(scene, story[minute], minute, heard);
                var held = scene.State.Open.SelectMany(incident => incident.Evidence).Select(evidence => evidence.Name).ToList();
                Assert.Distinct(held);
                Assert.Equal(heard.Order(), held.Order());
                Assert.All(scene.State.Open, incident => Assert.NotEmpty(incident.Evidence));
                Assert.Distinct(scene.State.Open.Select(incident => incident.Id));
            }

            // A closed incident's line is its last.
            foreach (var lines in scene.Incidents.GroupBy(line => line.Id))
                Assert.DoesNotContain(lines.SkipLast(1), line => line.Stage == Stage.Closed);
        }, iter: 1000);

    [Fact]
    public void Act_MergeAndUndo_GivesBackWhatWas() =>
        Gen.Select(AnyStory, Gen.Int[0, 99], Gen.Int[0, 99]).Sample((story, first, second) =>
        {
            var scene = new Scene();
            for (var minute = 0; minute < story.Length; minute++)
                Play(scene, story[minute], minute, []);
            if (scene.State.Open.Length < 2)
                return;
            var incident = scene.State.Open[first % scene.State.Open.Length];
            var into = scene.State.Open[second % scene.State.Open.Length];
            var now = Scene.Start.AddMinutes(story.Length);
            if (scene.Act(now, new OperatorAction(incident.Id, ActionVerb.Merge, "u1") { Other = into.Id }) != ActionResult.Done)
                return;
            Assert.Equal(ActionResult.Done, scene.Act(now.AddSeconds(1), new OperatorAction(into.Id, ActionVerb.UndoMerge, "u1") { Other = incident.Id }));
            var back = scene.State.Open.Single(open => open.Provenance?.Apart.Contains(into.Id) == true && open.Evidence.SequenceEqual(incident.Evidence));
            Assert.Equal((incident.Hazard, incident.OpenedAt), (back.Hazard, back.OpenedAt));
            Assert.Equal(incident.Provenance?.Merged.Select(merger => merger.Id) ?? [], back.Provenance!.Merged.Select(merger => merger.Id));
            Assert.Equal(into.Evidence, scene.State.Open.Single(open => open.Id == into.Id).Evidence);
        }, iter: 1000);

    [Fact]
    public void Hear_AfterASplit_NeverUnitesTheTwo() =>
        Gen.Select(AnySignal.Array[2, 6], AnySignal.Array[1, 8], Gen.Int[0, 99]).Sample((first, later, which) =>
        {
            var scene = new Scene();
            scene.Hear(Scene.Start, first);
            if (scene.State.Open.FirstOrDefault(open => open.Evidence.Length > 1) is not { } whole)
                return;
            var chosen = whole.Evidence[which % whole.Evidence.Length].Name;
            if (scene.Act(Scene.Start.AddMinutes(1), new OperatorAction(whole.Id, ActionVerb.Split, "u1") { Evidence = [chosen] }) != ActionResult.Done)
                return;
            for (var i = 0; i < later.Length; i++)
                scene.Hear(Scene.Start.AddMinutes(2 + i), later[i] with { ObservedAt = Scene.Start.AddMinutes(2 + i), ReceivedAt = Scene.Start.AddMinutes(2 + i) });

            var holder = scene.State.Open.Single(open => open.Evidence.Any(evidence => evidence.Name == chosen));
            var rest = whole.Evidence.Select(evidence => evidence.Name).Where(name => name != chosen).ToList();
            Assert.DoesNotContain(holder.Evidence, evidence => rest.Contains(evidence.Name));
        }, iter: 1000);

    private static void Play(Scene scene, Step step, int minute, HashSet<string> heard)
    {
        var now = Scene.Start.AddMinutes(minute);
        var open = scene.State.Open;
        if (step.What <= 2 || open.IsEmpty)
        {
            var signals = step.Signals.Select(signal => signal with { ObservedAt = now, ReceivedAt = now }).ToArray();
            scene.Hear(now, signals);
            heard.UnionWith(signals.Select(signal => $"{signal.Source} {signal.Kind}"));
            return;
        }

        var (incident, other) = (open[step.First % open.Length], open[step.Second % open.Length]);
        scene.Act(now, step.What switch
        {
            3 => new OperatorAction(incident.Id, ActionVerb.Merge, "u1") { Other = other.Id },
            4 => new OperatorAction(incident.Id, ActionVerb.UndoMerge, "u1"),
            _ => new OperatorAction(incident.Id, ActionVerb.Split, "u1")
            {
                Evidence = [.. incident.Evidence.Where((_, i) => i % 2 == step.Second % 2 || step.Some).Select(evidence => evidence.Name)],
            },
        });
    }

    private sealed record Step(int What, Signal[] Signals, int First, int Second, bool Some);
}
