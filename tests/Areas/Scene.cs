using System.Text.Json;
using CivicSignals.Alerts;
using CivicSignals.Areas;
using CivicSignals.Fusion;
using CivicSignals.Homes;
using CivicSignals.Incidents;
using CivicSignals.Ledger;
using CivicSignals.Neighbourhoods;
using CivicSignals.Signals;

namespace CivicSignals.Tests.Areas;

/// <summary>One area with the bundled model, played by hand: signals in, lines out.</summary>
internal sealed class Scene
{
    public static readonly DateTimeOffset Start = new(2026, 1, 10, 8, 0, 0, TimeSpan.Zero);
    public static readonly FusionModel Model = FusionModel.Bundled();
    public static readonly NeighbourhoodMap Map = new([new("Acton", "acton", [[(53.04, -3.00), (53.04, -2.98), (53.06, -2.98), (53.06, -3.00), (53.04, -3.00)]])]);

    public AreaCore Core { get; } = new(Model, AlertPolicy.Bundled(), Map);
    public AreaState State { get; private set; } = AreaState.Empty;
    public List<LedgerEntry> Entries { get; } = [];

    public IEnumerable<IncidentLine> Incidents => Bodies(EntryType.Incident).Select(b => JsonSerializer.Deserialize(b.Span, LedgerJson.Lines.IncidentLine)!);
    public IEnumerable<Alert> Alerts => Bodies(EntryType.Alert).Select(b => JsonSerializer.Deserialize(b.Span, LedgerJson.Lines.Alert)!);

    public IEnumerable<ActionLine> Actions => Bodies(EntryType.Action).Select(b => JsonSerializer.Deserialize(b.Span, LedgerJson.Lines.ActionLine)!);

    public SignalOutcome[] Hear(DateTimeOffset now, params Signal[] signals)
    {
        var fold = Core.Fold("03131113", State, signals, now);
        Keep(fold);
        return fold.Outcomes;
    }

    public ActionResult Act(DateTimeOffset now, string incident, ActionVerb verb, string user = "u1") => Act(now, new OperatorAction(incident, verb, user));

    public ActionResult Act(DateTimeOffset now, OperatorAction action)
    {
        var (fold, result) = Core.Act("03131113", State, action, now);
        Keep(fold);
        return result;
    }

    public void Explain(DateTimeOffset now, params CommonCauses.Surge[] surges)
    {
        var fold = Core.Explain("03131113", State, surges, now);
        Keep(fold);
    }

    public void Tick(DateTimeOffset now) => Keep(Core.Tick("03131113", State, now));

    public void Revise(DateTimeOffset now, HomeChange change, string home, Consents consents) =>
        Revise(now, new HomeRevision(change, home, home, consents));

    public void Revise(DateTimeOffset now, HomeRevision home) => Keep(Core.Revise("03131113", State, home, now));

    public static Signal Home(string home, string device, string kind, double minutes, bool active = true, double north = 0) => new()
    {
        Source = $"homes/{home}/{device}",
        Kind = kind,
        Active = active,
        Place = new Place(53.0466 + (north / 111_195), -2.9925, 15),
        ObservedAt = Start.AddMinutes(minutes),
        ReceivedAt = Start.AddMinutes(minutes),
        Premises = home,
    };

    public static Signal Vehicle(string id, string kind, double minutes, bool active = true, double north = 0) => new()
    {
        Source = $"vehicles/{id}",
        Kind = kind,
        Active = active,
        Place = new Place(53.0466 + (north / 111_195), -2.9925, 15),
        ObservedAt = Start.AddMinutes(minutes),
        ReceivedAt = Start.AddMinutes(minutes),
        Event = $"{id}/1",
        ValidUntil = Start.AddMinutes(minutes + 10),
    };

    private IEnumerable<ReadOnlyMemory<byte>> Bodies(EntryType type) => Entries.Where(e => e.Type == type).Select(e => e.Body);

    private void Keep(FoldResult fold)
    {
        // Through JSON, as the ledger keeps it: what does not survive a restart fails here.
        State = (JsonSerializer.Deserialize(JsonSerializer.SerializeToUtf8Bytes(fold.State, LedgerJson.Lines.AreaState), LedgerJson.Lines.AreaState)!) with { Surges = fold.State.Surges }; // What is soft lives on here.
        Entries.AddRange(fold.Entries);
    }
}
