using System.Text;

namespace CivicSignals.Tests.Ingest;

/// <summary>What decoding costs in memory.</summary>
internal static class Allocations
{
    /// <summary>A message that says nothing new, as nearly all do, allocates next to nothing: unoptimised look-ups box.</summary>
    public static async Task AssertNoneAsync(IngestBench bench, string topic, string payload)
    {
        var message = bench.Message(topic, Encoding.UTF8.GetBytes(payload));
        for (var i = 0; i < 20_000; i++)
            await bench.Pipeline.AcceptAsync(message);
        bench.Areas.Offers.Clear();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 20_000; i++)
            await bench.Pipeline.AcceptAsync(message);
        var perMessage = (GC.GetAllocatedBytesForCurrentThread() - before) / 20_000.0;

        TestContext.Current.TestOutputHelper?.WriteLine($"{perMessage} bytes per ordinary reading");
        Assert.Empty(bench.Areas.Offers);
        Assert.InRange(perMessage, 0, 512);
    }
}
