using System.Text.Json;

namespace CivicSignals.Faults.Checks;

/// <summary>What kind of entry it is, as the ledger numbers them.</summary>
internal enum EntryKind
{
    Evidence = 1,
    Incident = 2,
    Alert = 3,
}

/// <summary>One entry of the ledger, as it stands in the database.</summary>
internal sealed record Entry(long Seq, EntryKind Kind, string Incident, JsonElement Body)
{
    public string? this[string member] => Body.TryGetProperty(member, out var value) ? value.ToString() : null;

    /// <summary>Of evidence: which observation it is, and whether it is its end.</summary>
    public (string Source, string Event, bool Ended) Observation => (this["source"]!, this["event"] ?? "", this["clearedAt"] is not null);

    /// <summary>Of an alert.</summary>
    public (string Id, int Version) Alert => (this["id"]!, Body.GetProperty("version").GetInt32());
}
