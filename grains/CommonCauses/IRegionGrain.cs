using Orleans.Concurrency;

namespace CivicSignals.CommonCauses;

/// <summary>Watches a region, of the size of a town, for causes that many of its homes share. Its key is a quadkey; areas below it tell it of alarms.</summary>
[Alias("region")]
public interface IRegionGrain : IGrainWithStringKey
{
    /// <summary>Counts an area's new alarms, and tells every area that has reported lately when a surge has begun or grown.</summary>
    /// <param name="area">Who reports.</param>
    /// <param name="alarms">What is new there.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>The surges at work now.</returns>
    [Alias("note"), AlwaysInterleave]
    Task<IReadOnlyList<Surge>> NoteAsync(string area, IReadOnlyList<HomeAlarm> alarms, CancellationToken cancellation);
}
