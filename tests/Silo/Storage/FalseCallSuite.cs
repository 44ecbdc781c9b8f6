using CivicSignals.Learning;
using CivicSignals.Signals;

namespace CivicSignals.Tests.Silo.Storage;

/// <summary>What every ledger keeps of false calls.</summary>
public abstract class FalseCallSuite(ILedgerKeeper keeper) : LedgerSuite(keeper)
{
    [Fact]
    public async Task CommitAsync_FalseCalls_ListTheWorstFirst()
    {
        await Ledger.CommitAsync(Commit("0313", 0, "s") with { FalseCalls = [Standing("p1", FalseCallStep.Warned, 2), Standing("p2", FalseCallStep.Withdrawn, 3)] });
        await Ledger.CommitAsync(Commit("0313", 1, "s") with { FalseCalls = [Standing("p1", FalseCallStep.Warned, 3)] });

        Assert.Equal(["p2", "p1"], (await FalseCalls.ListAsync(10, default)).Select(standing => standing.Premises));
        Assert.Equal(["p2"], (await FalseCalls.ListAsync(1, default)).Select(standing => standing.Premises));
        Assert.Equal([Standing("p1", FalseCallStep.Warned, 3)], await FalseCalls.OfPremisesAsync("p1", default));
    }

    [Fact]
    public async Task CommitAsync_NoCallsAnyMore_AreForgotten()
    {
        await Ledger.CommitAsync(Commit("0313", 0, "s") with { FalseCalls = [Standing("p1", FalseCallStep.Warned, 2)] });
        await Ledger.CommitAsync(Commit("0313", 1, "s") with { FalseCalls = [Standing("p1", FalseCallStep.Warned, 0)] });
        Assert.Empty(await FalseCalls.ListAsync(10, default));
    }

    [Fact]
    public async Task CommitAsync_OtherVersionThanLoaded_KeepsNone()
    {
        var result = await Ledger.CommitAsync(Commit("0313", 4, "s") with { FalseCalls = [Standing("p1", FalseCallStep.Warned, 2)] });
        Assert.False(result.Committed);
        Assert.Empty(await FalseCalls.ListAsync(10, default));
    }

    private static FalseCallStanding Standing(string premises, FalseCallStep step, int calls) =>
        new(premises, Hazard.Fire, "fire", step, calls, 12, 4, T0, T0, T0.AddYears(1), "0313", "i1");
}
