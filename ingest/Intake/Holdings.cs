using CivicSignals.Ingest.Silence;
using CivicSignals.Ledger;

namespace CivicSignals.Ingest.Intake;

/// <summary>The shares that this machine reads, and since when: it watches over the homes of those alone.</summary>
internal sealed class Holdings(IHomeFactStore facts, FactBook book, TimeProvider time) : IWatched, IDisposable
{
    private readonly DateTimeOffset?[] _since = new DateTimeOffset?[Share.Count];
    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly Lock _gate = new();

    /// <inheritdoc/>
    public DateTimeOffset? Since(string gateway)
    {
        lock (_gate)
            return _since[Share.OfOwner(gateway)];
    }

    /// <summary>Takes a share over: what is so of its homes is read from the ledger, where the machine that had it has written it.</summary>
    public async Task TakeAsync(int share, CancellationToken cancellation)
    {
        await _reading.WaitAsync(cancellation);
        try
        {
            var (open, _) = await facts.OpenAsync(cancellation);
            book.Replace(gateway => Share.OfOwner(gateway) == share, open);
        }
        finally
        {
            _reading.Release();
        }

        lock (_gate)
            _since[share] = time.GetUtcNow();
    }

    public void Dispose() => _reading.Dispose();

    public void Give(int share)
    {
        lock (_gate)
            _since[share] = null;
    }
}
