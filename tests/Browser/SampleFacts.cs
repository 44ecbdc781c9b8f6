using CivicSignals.Homes;
using CivicSignals.Learning;
using CivicSignals.Signals;
using CivicSignals.Tests.Dashboard.Fakes;
using CivicSignals.Tests.Ingest;

namespace CivicSignals.Tests.Browser;

/// <summary>One of each sort of fact.</summary>
internal static class SampleFacts
{
    /// <summary>Premises at each step.</summary>
    public static FalseCallsInMemory FalseCalls(DateTimeOffset now) => new(
        Kept(now),
        Kept(now) with { Premises = "premises-quiet", Step = FalseCallStep.Warned, Calls = 2, EndsAt = now.AddMonths(11) },
        Kept(now) with { Premises = "premises-oak", Hazard = Hazard.Fire, Service = "fire", Step = FalseCallStep.Counted, Calls = 1, WithdrawAt = null });

    public static FalseCallStanding Kept(DateTimeOffset now) => new(
        "premises-maple", Hazard.Intrusion, "police", FalseCallStep.Withdrawn, 3, 12, 3, now.AddDays(-3), now.AddDays(-3), now.AddDays(87), Samples.Area, "false-1");

    public static MemoryFactStore Store(DateTimeOffset now)
    {
        var store = new MemoryFactStore();
        store.WriteAsync(
            [
                new HomeFact("gw-maple-7", "", HomeFactKind.Offline, now.AddHours(-1)),
                new HomeFact("gw-maple-7", "0x00158d0003abcdef", HomeFactKind.Silent, now.AddDays(-2)) { Name = "hall smoke" },
                new HomeFact("gw-maple-7", "0x00158d0003abcdef", HomeFactKind.Battery, now.AddDays(-9), now.AddDays(-8)),
            ],
            [new PowerCut("03131313111232", 12, 17, now.AddHours(-1)), new PowerCut("03131313111233", 8, 9, now.AddDays(-1), now.AddHours(-22))]);
        store.Prevention.Add(new PreventionEntry("p-maple-7", new Place(53.04661, -2.99252, 15), HomeFactKind.Battery, now.AddDays(-3)));
        store.Prevention.Add(new PreventionEntry("p-mill-2", new Place(53.0381, -3.0061, 15), HomeFactKind.Nuisance, now.AddHours(-3)));
        return store;
    }
}
