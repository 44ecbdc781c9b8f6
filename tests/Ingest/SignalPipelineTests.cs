using System.Text;
using CivicSignals.Areas;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Signals;

namespace CivicSignals.Tests.Ingest;

public sealed class SignalPipelineTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly IngestBench _bench = new();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task AcceptAsync_WhileACallIsUnderWay_GathersTheNextBatchInOrder()
    {
        var first = new TaskCompletionSource();
        _bench.Areas.Answer = async (_, signals, _) =>
        {
            await first.Task;
            return new OfferReceipt([.. signals.Select(_ => SignalOutcome.Evidence)], null);
        };

        var sent = Enumerable.Range(0, 5000).Select(Send).ToList();
        Assert.Single(_bench.Areas.Offers);
        Assert.DoesNotContain(sent, message => message.IsCompleted);
        Assert.Equal(5000, _bench.Account.Read().InFlight);
        first.SetResult();
        await Task.WhenAll(sent).WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Equal([1, 4096, 903], _bench.Areas.Offers.Select(offer => offer.Signals.Length));
        Assert.Equal(Enumerable.Range(0, 5000).Select(i => $"{i}"), _bench.Areas.Signals.Select(signal => signal.Event));
        Assert.Equal((5000, 0), (_bench.Account.Read().Evidence, _bench.Account.Read().InFlight));
    }

    [Fact]
    public async Task AcceptAsync_Redirected_IsOfferedThereAsFinal()
    {
        _bench.Areas.Answer = (area, signals, final) => Task.FromResult(final
            ? new OfferReceipt([SignalOutcome.Repeated], ["ignored"])
            : new OfferReceipt([SignalOutcome.Ambient], ["0313"]));

        var outcome = await Send(0).WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Equal(SignalOutcome.Repeated, outcome.Signal);
        Assert.Equal([(Quadkey.At(53, -3, Quadkey.DefaultZoom), false), ("0313", true)], _bench.Areas.Offers.Select(offer => (offer.Area, offer.Final)));
    }

    [Fact]
    public async Task AcceptAsync_AreaFailsOnce_IsTriedAgain()
    {
        var calls = 0;
        _bench.Areas.Answer = (_, _, _) => ++calls < 3
            ? throw new TimeoutException()
            : Task.FromResult(new OfferReceipt([SignalOutcome.Evidence], null));
        Assert.Equal(MessageOutcome.Of(SignalOutcome.Evidence), await Send(0));
        Assert.Equal(3, calls);
    }

    [Fact]
    public async Task AcceptAsync_AreaKeepsFailing_IsFailedAndTheNextIsNot()
    {
        _bench.Areas.Answer = (_, _, _) => throw new TimeoutException();
        Assert.Equal(MessageOutcome.Failed(Reasons.AreaUnavailable), await Send(0));
        Assert.Equal(1, _bench.Account.Read().FailedByReason[Reasons.AreaUnavailable]);

        _bench.Areas.Answer = (_, _, _) => Task.FromResult(new OfferReceipt([SignalOutcome.Ambient], null));
        Assert.Equal(MessageOutcome.Ambient, await Send(1));
    }

    [Fact]
    public async Task AcceptAsync_ShortReceipt_IsAFailure()
    {
        _bench.Areas.Answer = (_, _, _) => Task.FromResult(new OfferReceipt([], null));
        Assert.Equal(MessageStatus.Failed, (await Send(0)).Status);
    }

    [Fact]
    public async Task AcceptAsync_SeveralSignals_TheStrongestOutcomeCounts()
    {
        _bench.Areas.Answer = (_, signals, _) => Task.FromResult(new OfferReceipt(
            [.. signals.Select(signal => signal.Kind == "gas.co" ? SignalOutcome.Evidence : SignalOutcome.Ambient)], null));
        Assert.Equal(SignalOutcome.Evidence, (await _bench.SendAsync("homes/gw1/z2m/x", """{"carbon_monoxide":true,"smoke":true}""")).Signal);
        Assert.Equal(1, _bench.Account.Read().Evidence);
    }

    [Fact]
    public async Task AcceptAsync_AmbientState_AllocatesNextToNothing()
    {
        await _bench.SendAsync("homes/gw1/z2m/hall smoke", """{"smoke":false}""");
        var payload = Encoding.UTF8.GetBytes("""{"battery":100,"battery_low":false,"linkquality":72,"smoke":false,"tamper":false,"test":false,"voltage":3015}""");
        var message = _bench.Message("homes/gw1/z2m/hall smoke", payload);
        for (var i = 0; i < 60_000; i++)
            await _bench.Pipeline.AcceptAsync(message);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100_000; i++)
            await _bench.Pipeline.AcceptAsync(message);
        var perMessage = (GC.GetAllocatedBytesForCurrentThread() - before) / 100_000.0;

        TestContext.Current.TestOutputHelper?.WriteLine($"{perMessage} bytes per ambient message");
        Assert.InRange(perMessage, 0, 512); // None once the JIT has optimised; unoptimised look-ups box.
    }

    private Task<MessageOutcome> Send(int i) => _bench.SendAsync("signals/any", $$"""{"id":"{{i}}","kind":"fire.smoke","lat":53,"lon":-3}""");
}
