using System.Text.Json;
using CivicSignals.Ledger;
using Orleans.Concurrency;

namespace CivicSignals.Areas;

/// <summary>
/// Compares an area's incidents near its edges with its neighbours', so that one event stays one incident, whatever arrived where and when,
/// and hands over what a person has merged into another area's.
/// Runs beside the area's requests: it holds no turn while it waits for a neighbour, so that no two areas wait for each other.
/// </summary>
internal sealed class Reconciliation(string area, IAreaEdge self, IGrainFactory grains, AreaCore core)
{
    private readonly HashSet<string> _unmatched = [];

    /// <summary>Whether there is anything to compare.</summary>
    public bool IsDue => _unmatched.Count > 0;

    /// <summary>Incidents that have grown near an edge.</summary>
    public void Add(IReadOnlyList<string> incidents) => _unmatched.UnionWith(incidents);

    /// <summary>Compares what has grown; what cannot be compared now is kept for the next time.</summary>
    /// <param name="state">The area as it stands.</param>
    /// <exception cref="LedgerUnavailableException">Later again.</exception>
    public async Task RunAsync(Func<AreaState> state)
    {
        foreach (var id in _unmatched.Order(StringComparer.Ordinal).ToList())
        {
            _unmatched.Remove(id); // First: it may grow meanwhile.
            var done = false;
            try
            {
                done = await CompareAsync(id, state);
            }
            finally
            {
                if (!done)
                    _unmatched.Add(id);
            }
        }
    }

    /// <returns>Whether the incident needs no further comparing.</returns>
    private async Task<bool> CompareAsync(string id, Func<AreaState> state)
    {
        if (state().Open.FirstOrDefault(open => open.Id == id) is not { } incident)
            return true;
        var json = new Immutable<byte[]>(JsonSerializer.SerializeToUtf8Bytes(incident, LedgerJson.Lines.Incident));
        if (incident.Leaving is { } leaving)
        {
            if (await grains.GetGrain<IAreaEdge>(leaving.Area).TakeOverAsync(leaving.Into, json, CancellationToken.None))
                return await self.HandOverAsync(json, leaving.Into, leaving.Area, CancellationToken.None);
            await self.StayAsync(id, CancellationToken.None);
            return true;
        }

        foreach (var neighbour in core.Neighbours(area, incident))
        {
            var there = grains.GetGrain<IAreaEdge>(neighbour);
            foreach (var match in await there.MatchAsync(json, CancellationToken.None))
            {
                if (!match.Precedes)
                    await there.ReconsiderAsync(match.Incident, CancellationToken.None); // It is for the later one to be handed over.
                else if (await there.TakeOverAsync(match.Incident, json, CancellationToken.None))
                    return await self.HandOverAsync(json, match.Incident, neighbour, CancellationToken.None);
            }
        }

        return true;
    }
}
