using CivicSignals.Areas;
using CivicSignals.Benchmarks.Load;
using CivicSignals.Signals;

namespace CivicSignals.Benchmarks.Measurements;

/// <summary>What the fusion core costs a signal, for one sort of signals and size of batch. Lines for the ledger included, its commit not.</summary>
/// <param name="Case">What is said.</param>
/// <param name="Batch">Signals a call.</param>
/// <param name="Rounds">One per round.</param>
internal sealed record FoldCost(string Case, int Batch, IReadOnlyList<DecodingCost> Rounds)
{
    private static readonly int[] Batches = [64, 512, 4096];
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(0.5);

    public static IReadOnlyList<FoldCost> MeasureAll(int rounds)
    {
        var core = Quarter.Core();
        var bare = FoldScene.Opened(core, AreaState.Empty, 1);
        var heard = FoldScene.Opened(core, AreaState.Empty, 4);
        (string Name, AreaState State, Func<int, IEnumerable<Signal[]>> Batches)[] cases =
        [
            ("repeats of what is heard", heard, FoldScene.Repeats),
            ("contacts that open and close", heard, FoldScene.Contacts),
            ("homes' alarms that end and begin again", heard, FoldScene.Edges),
            ("new sources, up to 8 per incident", bare, size => FoldScene.Joins(size, 1, 8)),
            ("new sources, from 8 to 32 per incident", FoldScene.Opened(core, AreaState.Empty, 8), size => FoldScene.Joins(size, 8, 32)),
            ("new sources, from 128 to 256 per incident", FoldScene.Opened(core, AreaState.Empty, 128), size => FoldScene.Joins(size, 128, 256)),
            ("mix", heard, FoldScene.Mix),
            ("mix, 1,000 closed before", FoldScene.Opened(core, FoldScene.Closed(core, 1_000), 4), FoldScene.Mix),
            ("mix, 100,000 closed before", FoldScene.Opened(core, FoldScene.Closed(core, 100_000), 4), FoldScene.Mix),
        ];
        var runs = (from one in cases from size in Batches select (one.Name, Size: size, one.State, Signals: one.Batches(size).ToArray(), Costs: new List<DecodingCost>())).ToArray();
        foreach (var run in runs)
            Measure(core, run.State, run.Signals, Length); // Compiled by then.
        for (var round = 0; round < rounds; round++)
        {
            foreach (var run in runs)
                run.Costs.Add(Measure(core, run.State, run.Signals, Length));
        }

        return [.. runs.Select(run => new FoldCost(run.Name, run.Size, run.Costs))];
    }

    /// <summary>Processor time, the garbage collector's included: the machine may be shared.</summary>
    private static DecodingCost Measure(AreaCore core, AreaState start, Signal[][] batches, TimeSpan length)
    {
        long signals = 0;
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var before = Environment.CpuUsage.TotalTime;
        TimeSpan elapsed;
        do
        {
            var state = start;
            foreach (var batch in batches)
            {
                var fold = core.Fold(Quarter.Area, state, batch, batch[^1].ReceivedAt);
                state = fold.State;
                signals += batch.Length;
            }

            if (state.Open.Length != Quarter.Places)
                throw new InvalidOperationException($"{state.Open.Length} incidents are open instead of {Quarter.Places}");
            elapsed = Environment.CpuUsage.TotalTime - before;
        }
        while (elapsed < length);
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        return new DecodingCost(signals / elapsed.TotalSeconds, (double)bytes / signals);
    }
}
