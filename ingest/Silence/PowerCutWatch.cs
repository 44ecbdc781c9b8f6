using System.Collections.Concurrent;
using CivicSignals.Areas;
using CivicSignals.Homes;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Ingest.Registration;
using CivicSignals.Signals;
using Microsoft.Extensions.Options;

namespace CivicSignals.Ingest.Silence;

/// <summary>Tells areas and operators of power cuts. Used by one caller at a time, but for <see cref="TakeChanges"/> and what follows it.</summary>
internal sealed class PowerCutWatch(Registry registry, GatewayConnections connections, SignalPipeline pipeline, IOptions<AreaOptions> options)
{
    /// <summary>The kind of signal that an area is told.</summary>
    public const string Kind = "supply.power-cut";

    private readonly Dictionary<string, PowerCut> _open = [];
    private readonly ConcurrentQueue<PowerCut> _changes = new();

    public void Load(IEnumerable<PowerCut> cuts)
    {
        foreach (var cut in cuts)
            _open[cut.Area] = cut;
    }

    public IReadOnlyList<PowerCut> TakeChanges()
    {
        List<PowerCut> taken = [];
        while (_changes.TryDequeue(out var cut))
            taken.Add(cut);
        return taken;
    }

    public void PutBack(IReadOnlyList<PowerCut> changes)
    {
        foreach (var cut in changes)
            _changes.Enqueue(cut);
    }

    /// <summary>Looks at who is there. What an area does not take is tried again the next time.</summary>
    public async Task LookAsync(DateTimeOffset now)
    {
        var rule = PowerCutRule.Default;
        var homes = Homes(rule.Lately, now);
        foreach (var (area, lost, of, since) in rule.Find(homes, now))
        {
            var cut = new PowerCut(area, lost, of, since);
            if (!_open.ContainsKey(area) && await TellAsync(cut, now))
                _open[area] = cut;
        }

        foreach (var cut in _open.Values.ToList())
        {
            var connected = homes.Count(home => home.Area == cut.Area && home.LostAt is null);
            if (PowerCutRule.IsOver(cut.Homes, cut.Of, connected) && await TellAsync(cut with { Until = now }, now))
                _open.Remove(cut.Area);
        }
    }

    /// <summary>Nothing to look at, most of the time: then no home is placed.</summary>
    private List<WatchedHome> Homes(TimeSpan lately, DateTimeOffset now)
    {
        List<WatchedHome> homes = [];
        var known = registry.Gateways.Select(gateway => (gateway.Premises, Line: connections.Of(gateway.Home.Gateway))).ToList();
        if (_open.Count == 0 && !known.Exists(home => now - home.Line.LostAt <= lately))
            return homes;
        foreach (var (premises, line) in known)
        {
            if (premises is not null && (line.IsConnected || line.LostAt is not null))
                homes.Add(new WatchedHome(Quadkey.At(premises.Place.Lat, premises.Place.Lon, options.Value.Zoom), line.LostAt));
        }

        return homes;
    }

    private async Task<bool> TellAsync(PowerCut cut, DateTimeOffset now)
    {
        var outcome = await pipeline.AcceptSignalAsync(new Signal
        {
            Source = $"areas/{cut.Area}",
            Kind = Kind,
            Active = cut.Until is null,
            Place = Quadkey.Centre(cut.Area),
            ObservedAt = cut.Until ?? cut.Since,
            ReceivedAt = now,
        });
        if (outcome.Status != MessageStatus.Accepted)
            return false;
        _changes.Enqueue(cut);
        return true;
    }
}
