using System.Diagnostics;
using CivicSignals.Dashboard.Live;
using CivicSignals.Ledger;
using CivicSignals.Tests.Dashboard.Fakes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CivicSignals.Tests.Dashboard.Live;

public sealed class LiveHubTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task Client_ThatDoesNotRead_IsDroppedAndTheOthersAreNot()
    {
        var ledger = new MemoryLedger();
        using var hub = await StartAsync(ledger, waiting: 10);
        using var slow = hub.Open(LiveFilter.ControlRoom, 0);
        using var quick = hub.Open(LiveFilter.ControlRoom, 0);
        ledger.Append(Entries.Incident());
        hub.Wake();
        await using var stuck = slow.FramesAsync(default).GetAsyncEnumerator();
        Assert.True(await stuck.MoveNextAsync().AsTask().WaitAsync(Patience));
        await using var reading = quick.FramesAsync(default).GetAsyncEnumerator();
        var seen = new List<long>();
        for (var next = 1; next <= 40; next++)
        {
            while (seen.Count < next)
            {
                Assert.True(await reading.MoveNextAsync().AsTask().WaitAsync(Patience));
                seen.AddRange(reading.Current.Select(frame => frame.Seq));
            }

            ledger.Append(Entries.Incident());
            hub.Wake();
        }

        Assert.True(slow.Dropped.IsCancellationRequested);
        Assert.False(quick.Dropped.IsCancellationRequested);
        Assert.Equal(Enumerable.Range(1, 40).Select(i => (long)i), seen);

        // What waited for it is still in order; the rest it gets when it resumes.
        var rest = new List<long> { 1 };
        while (await stuck.MoveNextAsync().AsTask().WaitAsync(Patience))
            rest.AddRange(stuck.Current.Select(frame => frame.Seq));
        Assert.Equal(Enumerable.Range(1, 11).Select(i => (long)i), rest);
        await hub.StopAsync(default);
    }

    [Fact]
    public async Task Hub_ManyWakeUpsWithNothingNew_ReadsNoEntries()
    {
        var ledger = new MemoryLedger();
        ledger.Append(Entries.Incident());
        using var hub = await StartAsync(ledger);
        using var client = hub.Open(LiveFilter.ControlRoom, 0);
        await using var frames = client.FramesAsync(default).GetAsyncEnumerator();
        Assert.True(await frames.MoveNextAsync().AsTask().WaitAsync(Patience));
        var reads = ledger.Reads;
        for (var i = 0; i < 1000; i++)
            hub.Wake();
        await hub.StopAsync(default);
        Assert.Equal(reads, ledger.Reads);
    }

    [Fact]
    public async Task Hub_APushForEachEntry_LooksOnceForMany()
    {
        var ledger = new MemoryLedger();
        using var hub = await StartAsync(ledger);
        using var client = hub.Open(LiveFilter.ControlRoom, 0);
        var (begun, reads) = (Stopwatch.GetTimestamp(), ledger.Reads);
        for (var i = 0; i < 200; i++)
        {
            ledger.Append(Entries.Incident());
            hub.Wake();
            await Task.Yield();
        }

        await using var frames = client.FramesAsync(default).GetAsyncEnumerator();
        for (var seen = 0L; seen < 200; seen = frames.Current[^1].Seq)
            Assert.True(await frames.MoveNextAsync().AsTask().WaitAsync(Patience));
        Assert.InRange(ledger.Reads - reads, 1, 3 + (Stopwatch.GetElapsedTime(begun).TotalMilliseconds / 15));
        await hub.StopAsync(default);
    }

    [Fact]
    public async Task Client_AheadOfThisHub_IsNotToldTwice()
    {
        var ledger = new MemoryLedger();
        ledger.Append(Entries.Incident());
        using var hub = await StartAsync(ledger);

        // It has seen 3 on another silo; this hub still stands at 1.
        using var client = hub.Open(LiveFilter.ControlRoom, 3);
        await using var frames = client.FramesAsync(default).GetAsyncEnumerator();
        var first = frames.MoveNextAsync().AsTask();
        for (var i = 0; i < 4; i++)
            ledger.Append(Entries.Incident());
        hub.Wake();
        Assert.True(await first.WaitAsync(Patience));
        Assert.Equal(4, frames.Current[0].Seq);
        await hub.StopAsync(default);
    }

    private static async Task<LiveHub> StartAsync(ILedgerReader ledger, int waiting = 1024)
    {
        var options = Options.Create(new LiveOptions { Waiting = waiting });
        var hub = new LiveHub(ledger, new FakeTimeProvider(Entries.Start), options, NullLogger<LiveHub>.Instance);
        await hub.StartAsync(default);
        return hub;
    }
}
