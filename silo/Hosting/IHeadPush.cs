using CivicSignals.Ledger;
using Orleans.Streams;

namespace CivicSignals.Silo.Hosting;

/// <summary>Tells all who follow the ledger, on every silo, how far it has grown. What is lost costs a second.</summary>
internal interface IHeadPush
{
    /// <param name="seq">The highest sequence number known to be committed.</param>
    Task PushAsync(long seq);
}

/// <summary>By the Orleans stream <see cref="LedgerHead"/>.</summary>
internal sealed class StreamPush(IClusterClient cluster) : IHeadPush
{
    private readonly Lazy<IAsyncStream<long>> _stream = new(() => cluster.GetStreamProvider(LedgerHead.Provider).GetStream<long>(LedgerHead.Id));

    public Task PushAsync(long seq) => _stream.Value.OnNextAsync(seq);
}
