using System.Diagnostics.Metrics;
using CivicSignals.Accounting;
using CivicSignals.Signals;
using Microsoft.Extensions.DependencyInjection;

namespace CivicSignals.Tests.Accounting;

public sealed class MessageAccountTests
{
    [Fact]
    public void Read_EveryOutcome_AddsUpToWhatWasReceived()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var account = new MessageAccount(services.GetRequiredService<IMeterFactory>());
        for (var i = 0; i < 6; i++)
            account.Receive();
        account.Settle(SignalOutcome.Evidence);
        account.Settle(SignalOutcome.Ambient);
        account.Settle(SignalOutcome.Repeated);
        account.Reject("not-json");
        account.Fail("ledger");
        var totals = account.Read();
        Assert.Equal((6, 1, 1, 1, 1, 1, 1), (totals.Received, totals.Evidence, totals.Ambient, totals.Repeated, totals.Rejected, totals.Failed, totals.InFlight));
    }

    [Fact]
    public void Newest_MoreThanCapacity_KeepsTheNewest()
    {
        var letters = new DeadLetters();
        for (var i = 0; i < DeadLetters.Capacity + 5; i++)
            letters.Add(new DeadLetter(DateTimeOffset.UnixEpoch, "mqtt", $"t{i}", 0, "not-json", ""));
        var kept = letters.Newest(int.MaxValue);
        Assert.Equal(DeadLetters.Capacity, kept.Count);
        Assert.Equal($"t{DeadLetters.Capacity + 4}", kept[0].Topic);
        Assert.Equal("t5", kept[^1].Topic);
    }
}
