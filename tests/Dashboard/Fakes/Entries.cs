using System.Text.Json;
using CivicSignals.Alerts;
using CivicSignals.Incidents;
using CivicSignals.Ledger;
using CivicSignals.Signals;

namespace CivicSignals.Tests.Dashboard.Fakes;

/// <summary>Entries as area grains write them.</summary>
public static class Entries
{
    public static readonly DateTimeOffset Start = new(2026, 1, 10, 8, 1, 2, 120, TimeSpan.Zero);
    public const string Area = "03131311213031";

    /// <summary>A place that only control rooms may know.</summary>
    public const double HomeLat = 53.04661;

    public static Alert Alert(
        string id = "a1", int version = 1, Audience audience = Audience.Public, Hazard hazard = Hazard.Fire, MsgType? msgType = null, Outcome? ended = null,
        string? slug = "lache", double lat = 53.05, double lon = -2.99, string headline = "Fire in Lache", double radiusM = 2441) => new(
        Start.AddMinutes(version - 1), "alert", id, version, msgType ?? (version == 1 ? MsgType.Alert : MsgType.Update), "i1", audience,
        audience == Audience.Public ? [] : ["fire"], hazard, lat, lon, radiusM, 0.93, Certainty.Likely, true, null, headline,
        ["a smoke alarm went off", "A heat alarm of the same home <followed> & more."], ended, slug is null ? null : "Lache", slug, null, Start, Start.AddHours(2));

    public static LedgerEntry Entry(Alert alert) => new(
        0, EntryType.Alert, alert.At, Area, alert.Incident, JsonSerializer.SerializeToUtf8Bytes(alert, LedgerJson.Lines.Alert),
        new AlertKey(alert.Id, alert.Version, alert.Audience == Audience.Public, alert.NeighbourhoodSlug, alert.Ended is not null));

    public static LedgerEntry Incident(string id = "i1", Stage stage = Stage.Open, DateTimeOffset? at = null, double belief = 0.62)
    {
        var line = new IncidentLine(
            at ?? Start, "incident", id, Hazard.Fire, HomeLat, -2.99251, 40, belief, stage, stage == Stage.Open ? null : Outcome.AllClear, null,
            [new EvidenceLine("homes/gw1/0x01", "fire.smoke", Start, 7.8, 7.8, "a smoke alarm", HomeLat, -2.99251, null)],
            null, Start, "Lache", null, "1", []);
        return new LedgerEntry(0, EntryType.Incident, line.At, Area, id, JsonSerializer.SerializeToUtf8Bytes(line, LedgerJson.Lines.IncidentLine), Open: stage == Stage.Open);
    }

    public static LedgerEntry Evidence(string kind, string incident = "i1")
    {
        var evidence = new Evidence
        {
            Source = "homes/gw1/0x01",
            Kind = kind,
            At = Start,
            Place = new Place(HomeLat, -2.99251, 15),
            Consents = Consents.All,
            Premises = "p1",
        };
        return new LedgerEntry(0, EntryType.Evidence, Start, Area, incident, JsonSerializer.SerializeToUtf8Bytes(evidence, LedgerJson.Lines.Evidence));
    }

    public static LedgerEntry Action(string user, string incident = "i1") => new(
        0, EntryType.Action, Start, Area, incident,
        JsonSerializer.SerializeToUtf8Bytes(new ActionLine(Start, "action", incident, "acknowledge", user, ""), LedgerJson.Lines.ActionLine));
}
