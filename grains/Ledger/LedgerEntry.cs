namespace CivicSignals.Ledger;

/// <summary>What a ledger entry records.</summary>
public enum EntryType : byte
{
    /// <summary>A piece of evidence, or its end. Body: <see cref="Incidents.Evidence"/>.</summary>
    Evidence = 1,

    /// <summary>An incident as it stands after a change. Body: <see cref="Incidents.IncidentLine"/>.</summary>
    Incident = 2,

    /// <summary>One version of an alert to one audience. Body: <see cref="Alerts.Alert"/>.</summary>
    Alert = 3,

    /// <summary>A person's action. Body: <see cref="Incidents.ActionLine"/>.</summary>
    Action = 4,
}

/// <summary>One line of the append-only ledger.</summary>
/// <param name="Seq">Sequence number, from 1, rising by commit order over all areas; 0 while not committed.</param>
/// <param name="Type">What it records.</param>
/// <param name="At">When it was decided, UTC, milliseconds.</param>
/// <param name="Area">Quadkey of the owning area.</param>
/// <param name="Incident">Id of the incident that it belongs to.</param>
/// <param name="Body">The record as one line of UTF-8 JSON: for incidents and alerts exactly the replay format's line.</param>
/// <param name="Alert">For alerts: which, and to whom. Else null.</param>
/// <param name="Open">For incidents: whether it is open after the change.</param>
public sealed record LedgerEntry(
    long Seq,
    EntryType Type,
    DateTimeOffset At,
    string Area,
    string Incident,
    ReadOnlyMemory<byte> Body,
    AlertKey? Alert = null,
    bool Open = false);

/// <summary>Identity of one alert version and who may see it.</summary>
/// <param name="Id">Alert id, stable over versions.</param>
/// <param name="Version">From 1.</param>
/// <param name="Public">True: everyone may see it. False: control rooms only.</param>
/// <param name="Neighbourhood">Slug of the neighbourhood, or null outside all of them.</param>
/// <param name="Ended">Whether this version ends the alert.</param>
public sealed record AlertKey(string Id, int Version, bool Public, string? Neighbourhood, bool Ended);
