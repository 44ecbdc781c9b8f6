using System.Text.Json;
using CivicSignals.Alerts;
using CivicSignals.Incidents;
using CivicSignals.Ledger;
using CivicSignals.Signals;

namespace CivicSignals.Tests.Silo.Storage;

/// <summary>Incidents as areas write them, of every hazard and in random lengths: each full of words that must not outlive their time.</summary>
internal sealed class RetentionTown(ILedger ledger, int seed)
{
    /// <summary>Part of every name, text and place that says who, where or in which words.</summary>
    public const string Planted = "planted-";

    public const double Lat = 53.046613;
    public const double Lon = -2.992517;

    private readonly Random _random = new(seed);
    private readonly Dictionary<string, long> _versions = [];
    private readonly Dictionary<string, List<string>> _open = [];
    private int _count;

    /// <summary>Incidents that were closed, with their hazard and end.</summary>
    public Dictionary<string, (Hazard Hazard, DateTimeOffset End)> Closed { get; } = [];

    /// <summary>Something happens in an area: an incident opens.</summary>
    public async Task<string> OpenAsync(string area, Hazard hazard, DateTimeOffset at, string? home = null)
    {
        var id = $"{area}-{_count++:0000}";
        home ??= $"{Planted}{_random.Next(100)}";
        var evidence = Evidence(hazard, home, at);
        var entries = new List<LedgerEntry> { Entry(EntryType.Evidence, id, at, evidence, LedgerJson.Lines.Evidence) };
        for (var more = _random.Next(4); more > 0; more--)
            entries.Add(Entry(EntryType.Evidence, id, at, Evidence(hazard, home, at), LedgerJson.Lines.Evidence));
        entries.Add(Line(id, hazard, at, evidence, Stage.Open));
        entries.Add(Alert(id, hazard, at, 1, Audience.ControlRoom, null));
        entries.Add(Alert(id, hazard, at, 1, Audience.Public, null));
        entries.Add(Action(id, at, "acknowledge"));
        if (!_open.TryGetValue(area, out var open))
            _open.Add(area, open = []);
        open.Add(evidence.Source);
        await CommitAsync(area, entries);
        return id;
    }

    /// <summary>It is over.</summary>
    public async Task CloseAsync(string area, string id, Hazard hazard, DateTimeOffset at)
    {
        var evidence = Evidence(hazard, $"{Planted}{_random.Next(100)}", at);
        _open[area] = [];
        await CommitAsync(area,
        [
            Entry(EntryType.Evidence, id, at, evidence, LedgerJson.Lines.Evidence),
            Line(id, hazard, at, evidence, Stage.Open),
            Action(id, at, "all-clear"),
            Line(id, hazard, at, evidence, Stage.Closed),
            Alert(id, hazard, at, 2, Audience.ControlRoom, Outcome.AllClear),
            Alert(id, hazard, at, 2, Audience.Public, Outcome.AllClear),
        ]);
        Closed[id] = (hazard, at);
    }

    /// <summary>Opens and closes.</summary>
    public async Task<string> PassAsync(string area, Hazard hazard, DateTimeOffset at)
    {
        var id = await OpenAsync(area, hazard, at);
        await CloseAsync(area, id, hazard, at.AddMinutes(20));
        return id;
    }

    /// <summary>Writes entries, with a state that names who speaks.</summary>
    public async Task CommitAsync(string area, IReadOnlyList<LedgerEntry> entries)
    {
        var version = _versions.GetValueOrDefault(area);
        var state = JsonSerializer.SerializeToUtf8Bytes(_open.GetValueOrDefault(area, []));
        Assert.True((await ledger.CommitAsync(new AreaCommit(area, version, state, null, entries))).Committed);
        _versions[area] = version + 1;
    }

    public static LedgerEntry Action(string incident, DateTimeOffset at, string verb) => Entry(
        EntryType.Action, incident, at, new ActionLine(at, "action", incident, verb, $"{Planted}officer", $"{Planted}note: the caller was at home"), LedgerJson.Lines.ActionLine);

    private static LedgerEntry Entry<T>(EntryType type, string incident, DateTimeOffset at, T body, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> json) =>
        new(0, type, at, "", incident, JsonSerializer.SerializeToUtf8Bytes(body, json));

    private static LedgerEntry Alert(string incident, Hazard hazard, DateTimeOffset at, int version, Audience audience, Outcome? ended)
    {
        var isPublic = audience == Audience.Public;
        var id = $"{incident}-{(isPublic ? "p" : "c")}";
        var alert = new Alert(
            at, "alert", id, version, MsgType.Alert, incident, audience, isPublic ? [] : ["fire"], hazard, isPublic ? 53.05 : Lat, isPublic ? -3 : Lon, isPublic ? 1500 : 15,
            0.97, Certainty.Likely, true, isPublic ? new("two-kinds", 1, at, []) : Confirmation(at), "Fire in Acton", isPublic ? ["One smoke alarm"] : [$"Smoke alarm; by its words {Planted}phrase"],
            ended, "Acton", "acton", null, at, at.AddHours(1));
        return Entry(EntryType.Alert, incident, at, alert, LedgerJson.Lines.Alert) with { Alert = new AlertKey(id, version, isPublic, "acton", ended is not null) };
    }

    private LedgerEntry Line(string id, Hazard hazard, DateTimeOffset at, Evidence evidence, Stage stage)
    {
        var pieces = Enumerable.Range(0, 1 + _random.Next(8)).Select(i => new EvidenceLine(
            $"{evidence.Source}{i}", "fire.smoke", at, 4.1, 4.6, $"Smoke alarm: makes fire about 60 times more likely; by its words {Planted}{new string('x', _random.Next(400))}", Lat, Lon, null)
        {
            UncertaintyM = 15,
        });
        var line = new IncidentLine(
            at, "incident", id, hazard, Lat, Lon, 15, 0.97, stage, stage == Stage.Open ? null : Outcome.AllClear, Confirmation(at), [.. pieces], null, at, "Acton",
            $"{Planted}officer", "2026-11.1", [Audience.ControlRoom, Audience.Public]);
        return Entry(EntryType.Incident, id, at, line, LedgerJson.Lines.IncidentLine) with { Open = stage == Stage.Open };
    }

    private static Confirmation Confirmation(DateTimeOffset at) => new("two-kinds", 1, at, [$"homes/{Planted}7/alarm fire.smoke", $"{Planted}officer"]);

    private Evidence Evidence(Hazard hazard, string home, DateTimeOffset at) => new()
    {
        Source = $"homes/{home}/{new string('d', 1 + _random.Next(60))}",
        Kind = hazard == Hazard.Fire ? "fire.smoke" : "road.debris",
        At = at,
        Place = new Place(Lat, Lon, 15),
        Consents = Consents.All,
        Premises = $"premises-{home}",
        Make = $"{Planted}make",
        Phrases = $"{Planted}phrase",
    };
}
