using CivicSignals.Areas;
using CsCheck;

namespace CivicSignals.Tests.Areas;

public sealed class LatchSetTests
{
    private static readonly string[] Kinds = ["fire.smoke", "fire.heat", "gas.co"];
    private static readonly DateTimeOffset At = new(2026, 1, 10, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Draft_AnyChanges_AreThoseOfADictionary() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 400], Gen.Int[0, 2]).Array[0, 3000].Sample(changes =>
        {
            var expected = new Dictionary<LatchKey, Latch>();
            var latches = LatchSet.Empty;
            foreach (var chunk in changes.Chunk(100))
            {
                var before = (latches, Before: latches.ToHashSet());
                var draft = new LatchDraft(latches);
                foreach (var (what, source, kind) in chunk)
                {
                    var latch = LatchOf(source, kind, what);
                    if (what == 0)
                        Assert.Equal(expected.Remove(latch.Key), draft.Remove(latch.Key));
                    else
                        draft.Put(expected[latch.Key] = latch);
                }

                latches = draft.Done();
                draft.Put(LatchOf(9999, 0, 1)); // What goes on in a draft does not change what it has given away.
                Assert.Equal(expected.Count, latches.Count);
                Assert.Equal(expected.Values.ToHashSet(), latches.ToHashSet());
                Assert.All(expected, pair => Assert.Same(pair.Value, latches.Find(pair.Key)));
                Assert.Equal(before.Before, before.latches.ToHashSet());
            }

            Assert.Null(latches.Find(new LatchKey("nobody", "fire.smoke")));
        }, iter: 50);

    [Fact]
    public void Of_SixteenThousand_AreAllFound()
    {
        var all = Enumerable.Range(0, 16_384).Select(n => LatchOf(n, 0, 1)).ToList();
        var latches = LatchSet.Of(all);
        Assert.Equal(all.Count, latches.Count);
        Assert.All(all, latch => Assert.Same(latch, latches.Find(latch.Key)));
        var changed = latches.With(LatchOf(7, 0, 2));
        Assert.Equal((all.Count, At.AddSeconds(2)), (changed.Count, changed.Find(all[7].Key)!.HeardAt));
        Assert.Equal(At.AddSeconds(1), latches.Find(all[7].Key)!.HeardAt);
    }

    private static Latch LatchOf(int source, int kind, int heard) =>
        new($"homes/gw{source}/device", Kinds[kind], At, At.AddSeconds(heard), null, null);
}
