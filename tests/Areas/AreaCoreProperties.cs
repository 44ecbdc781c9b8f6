using System.Text.Json;
using CivicSignals.Areas;
using CivicSignals.Fusion;
using CivicSignals.Ledger;
using CivicSignals.Signals;
using CsCheck;

namespace CivicSignals.Tests.Areas;

public sealed class AreaCoreProperties
{
    private static readonly string[] Kinds = [.. Scene.Model.Kinds.Keys.Order(StringComparer.Ordinal)];

    private static readonly Gen<Signal> AnySignal =
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 3], Gen.Int[0, Kinds.Length - 1], Gen.Int[0, 90], Gen.Bool, Gen.Int[-200, 200], Gen.Int[0, 9])
            .Select((home, device, kind, minutes, active, north, rest) => (home < 4
                ? Scene.Home($"p{home}", $"d{device}", Kinds[kind], minutes, active || rest > 2, north)
                : Scene.Vehicle($"v{device}", Kinds[kind], minutes, active || rest > 2, north)) with
            { SinceUnknown = rest == 9, Group = rest == 8 ? "g" : null });

    private static readonly Gen<Signal[]> AnyBatch = AnySignal.Array[0, 14];

    [Fact]
    public void Fold_OrderWithinABatch_DoesNotMatter() =>
        Gen.Select(AnyBatch, AnyBatch, Gen.Int).Sample((first, second, seed) =>
        {
            var shuffled = (Signal[])second.Clone();
            new Random(seed).Shuffle(shuffled);
            var (a, b) = (new Scene(), new Scene());
            a.Hear(Scene.Start.AddMinutes(90), first);
            b.Hear(Scene.Start.AddMinutes(90), first);
            a.Hear(Scene.Start.AddMinutes(95), second);
            b.Hear(Scene.Start.AddMinutes(95), shuffled);
            Assert.Equal(Text(a), Text(b));
        }, iter: 2000);

    [Fact]
    public void Fold_SameBatchAgain_ChangesNothing() =>
        AnyBatch.Sample(batch =>
        {
            // Ends are left out: an end that comes again before the beginning that it ends is a new story.
            var begun = batch.Where(signal => signal.Active).DistinctBy(signal => (signal.Source, signal.Kind)).ToArray();
            var scene = new Scene();
            scene.Hear(Scene.Start.AddMinutes(90), begun);
            var (before, entries) = (Text(scene), scene.Entries.Count);
            var outcomes = scene.Hear(Scene.Start.AddMinutes(90), begun);
            Assert.DoesNotContain(SignalOutcome.Evidence, outcomes);
            Assert.Equal(entries, scene.Entries.Count);
            Assert.Equal(before, Text(scene));
        }, iter: 2000);

    [Fact]
    public void Belief_ByThePassingOfTime_NeverRises() =>
        Gen.Select(AnyBatch, Gen.Double[0, 200].Array[2, 12]).Sample((batch, minutes) =>
        {
            var scene = new Scene();
            scene.Hear(Scene.Start.AddMinutes(90), batch);
            Array.Sort(minutes);
            foreach (var incident in scene.State.Open)
            {
                var last = double.MaxValue;
                foreach (var minute in minutes)
                {
                    var belief = Belief.Of(incident, Scene.Start.AddMinutes(90 + minute), Scene.Model).Belief;
                    Assert.True(belief <= last + 1e-12, $"rose from {last} to {belief} at {minute}");
                    last = belief;
                }
            }
        }, iter: 2000);

    [Fact]
    public void Fold_PrefixOfAStory_IsThePrefixOfItsLines() =>
        Gen.Select(AnyBatch.Array[1, 6], Gen.Int[0, 5]).Sample((batches, cut) =>
        {
            var (whole, part) = (new Scene(), new Scene());
            for (var i = 0; i < batches.Length; i++)
            {
                whole.Hear(Scene.Start.AddMinutes(90 + i), batches[i]);
                if (i < cut)
                    part.Hear(Scene.Start.AddMinutes(90 + i), batches[i]);
            }

            Assert.Equal(part.Entries.Select(Line), whole.Entries.Take(part.Entries.Count).Select(Line));
        }, iter: 500);

    [Fact]
    public void Fold_AnyStory_KeepsEvidenceASet() =>
        AnyBatch.Array[1, 5].Sample(batches =>
        {
            var scene = new Scene();
            for (var i = 0; i < batches.Length; i++)
                scene.Hear(Scene.Start.AddMinutes(90 + i), batches[i]);
            Assert.All(scene.State.Open, incident => Assert.Distinct(incident.Evidence.Select(e => (e.Source, e.Kind))));
            Assert.Distinct(scene.State.Open.Select(incident => incident.Id));
        }, iter: 1000);

    private static string Text(Scene scene) =>
        JsonSerializer.Serialize(scene.State with { Latches = LatchSet.Empty }, LedgerJson.Lines.AreaState)
        + string.Join('\n', scene.Entries.Select(Line));

    private static string Line(LedgerEntry entry) => System.Text.Encoding.UTF8.GetString(entry.Body.Span);
}
