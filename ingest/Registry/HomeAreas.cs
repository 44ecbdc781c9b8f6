using CivicSignals.Areas;
using CivicSignals.Homes;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Ledger;
using CivicSignals.Signals;
using Microsoft.Extensions.Options;

namespace CivicSignals.Ingest.Registration;

/// <summary>Tells the areas that hold something of a home what has changed about it.</summary>
internal sealed class HomeAreas(IGrainFactory grains, IRegistryStore store, Backlog backlog, IOptions<AreaOptions> options, TimeProvider time)
{
    /// <summary>More than a tile's width where areas are as by default: all tiles around a home may have heard it.</summary>
    private const double AroundM = 2000;

    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(2);

    /// <summary>Waits until what was in flight when the registry changed has arrived.</summary>
    /// <returns>False when nothing was.</returns>
    public async Task<bool> DrainAsync()
    {
        if (backlog.Count == 0)
            return false;
        try
        {
            await backlog.WaitUntilEmptyAsync().WaitAsync(Drain, time);
        }
        catch (TimeoutException)
        {
            // Always busy: what was in flight then has arrived by now.
        }

        return true;
    }

    /// <summary>Tells every area that may hold something of the home; on disk when it returns.</summary>
    /// <param name="home">The change, which the registry has taken over.</param>
    /// <param name="known">Where the home was until then; null: it had no place, and no area knows it.</param>
    public async Task TellAsync(HomeRevision home, Place? known)
    {
        if (known is not { } place)
            return;
        var zoom = options.Value.Zoom;
        await TellAsync(home, [Quadkey.At(place.Lat, place.Lon, zoom), .. Quadkey.Near(place, AroundM, zoom)]);
    }

    /// <summary>As <see cref="TellAsync(HomeRevision, Place?)"/>, of somebody who has no place of his own: every area whose state names him.</summary>
    public Task TellAsync(HomeRevision reporter) => TellAsync(reporter, []);

    private async Task TellAsync(HomeRevision home, IEnumerable<string> around)
    {
        var areas = new SortedSet<string>(await store.AreasNamingAsync(home, CancellationToken.None), StringComparer.Ordinal);
        areas.UnionWith(around);
        await Task.WhenAll(areas.Select(area => grains.GetGrain<IAreaGrain>(area).ReviseAsync(home, CancellationToken.None)));
    }
}
