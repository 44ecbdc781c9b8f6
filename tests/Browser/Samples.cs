using System.Text.Json;
using CivicSignals.Alerts;
using CivicSignals.Incidents;
using CivicSignals.Ledger;
using CivicSignals.Signals;

namespace CivicSignals.Tests.Browser;

/// <summary>Incident and alert lines with everything filled in, and the ledger entries that hold them.</summary>
internal static class Samples
{
    public const string Area = "03131313111232";

    public static IncidentLine Incident(
        string id, Hazard hazard, DateTimeOffset opened, DateTimeOffset at, double belief, string neighbourhood, Confirmation? confirmation, EvidenceLine[] evidence, bool told = false) =>
        new(at, "incident", id, hazard, 53.04661, -2.99252, 40, belief, Stage.Open, null, confirmation, evidence, null, opened, neighbourhood, null, "2026.1", told ? [Audience.ControlRoom] : []);

    public static Alert Alert(string incident, int version, Audience audience, DateTimeOffset at, string headline, string[] reasons) => new(
        at, "alert", $"{incident}-{(audience == Audience.Public ? "public" : "control")}", version, version == 1 ? MsgType.Alert : MsgType.Update, incident, audience,
        audience == Audience.Public ? [] : ["fire"], Hazard.Fire, 53.047, -2.993, 300, 0.93, Certainty.Likely, true, null, headline, reasons, null,
        "Maple Park", "maple-park", null, at, at.AddHours(6));

    public static LedgerEntry Entry(IncidentLine line) =>
        new(0, EntryType.Incident, line.At, Area, line.Id, JsonSerializer.SerializeToUtf8Bytes(line, LedgerJson.Lines.IncidentLine), Open: line.Stage == Stage.Open);

    public static LedgerEntry Entry(Alert alert) =>
        new(0, EntryType.Alert, alert.At, Area, alert.Incident, JsonSerializer.SerializeToUtf8Bytes(alert, LedgerJson.Lines.Alert),
            new(alert.Id, alert.Version, alert.Audience == Audience.Public, alert.NeighbourhoodSlug, alert.Ended is not null));

    public static LedgerEntry Entry(ActionLine action) =>
        new(0, EntryType.Action, action.At, Area, action.Incident, JsonSerializer.SerializeToUtf8Bytes(action, LedgerJson.Lines.ActionLine));

    public static LedgerEntry Entry(string incident, Evidence evidence, DateTimeOffset at) =>
        new(0, EntryType.Evidence, at, Area, incident, JsonSerializer.SerializeToUtf8Bytes(evidence, LedgerJson.Lines.Evidence));
}
