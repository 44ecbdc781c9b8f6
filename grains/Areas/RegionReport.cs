using CivicSignals.CommonCauses;
using CivicSignals.Incidents;

namespace CivicSignals.Areas;

/// <summary>Tells an area's region of new alarms, and takes what the region makes of them. Runs beside the area's requests.</summary>
internal sealed class RegionReport(string area, IAreaEdge self, IGrainFactory grains)
{
    /// <summary>A region is this much coarser than an area, in zoom levels: 24 km wide in the UK.</summary>
    private const int Coarser = 4;

    /// <summary>More, while the region cannot be reached, would tell it nothing new.</summary>
    private const int Most = 1000;

    private readonly List<HomeAlarm> _alarms = [];

    public bool IsDue => _alarms.Count > 0;

    public void Add(IReadOnlyList<HomeAlarm> alarms) => _alarms.AddRange(alarms.Take(Most - _alarms.Count));

    /// <summary>What an area holds when it wakes, for a region that may have slept.</summary>
    public void Add(IEnumerable<Incident> open) =>
        Add([.. open.SelectMany(incident => incident.Evidence).Where(evidence => evidence is { Premises: not null, IsErased: false }).OrderBy(evidence => evidence.At).Select(HomeAlarm.Of)]);

    /// <summary>Reports; what cannot be reported now is kept for the next time.</summary>
    /// <param name="state">The area as it stands.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public async Task RunAsync(Func<AreaState> state, CancellationToken cancellation)
    {
        HomeAlarm[] alarms = [.. _alarms];
        _alarms.Clear();
        try
        {
            var surges = await grains.GetGrain<IRegionGrain>(area[..Math.Max(1, area.Length - Coarser)]).NoteAsync(area, alarms, cancellation);
            if (!surges.SequenceEqual(state().Surges))
                await self.ExplainAsync(surges, cancellation);
        }
        catch
        {
            _alarms.InsertRange(0, alarms);
            throw;
        }
    }
}
