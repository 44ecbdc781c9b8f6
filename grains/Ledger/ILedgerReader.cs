namespace CivicSignals.Ledger;

/// <summary>The ledger as everyone but the grains reads it. All members are thread-safe and see committed data only.</summary>
public interface ILedgerReader
{
    /// <summary>The highest sequence number that a tail may read up to; 0 when empty.</summary>
    Task<long> HeadAsync(CancellationToken cancellation);

    /// <summary>Entries after a sequence number, in order, without gaps that could still fill.</summary>
    /// <param name="after">Exclusive lower bound; 0 starts at the oldest kept.</param>
    /// <param name="scope">Which entries.</param>
    /// <param name="limit">1..10,000.</param>
    /// <param name="cancellation">Cancels the read.</param>
    Task<IReadOnlyList<LedgerEntry>> ReadAsync(long after, TailScope scope, int limit, CancellationToken cancellation);

    /// <summary>The newest line of each incident that matches, newest change first.</summary>
    Task<IReadOnlyList<LedgerEntry>> IncidentsAsync(IncidentQuery query, CancellationToken cancellation);

    /// <summary>Every entry of one incident, oldest first, its alerts and actions included; empty when unknown.</summary>
    Task<IReadOnlyList<LedgerEntry>> IncidentAsync(string incident, CancellationToken cancellation);

    /// <summary>The newest version of each public alert that matches, newest change first.</summary>
    Task<IReadOnlyList<LedgerEntry>> PublicAlertsAsync(PublicAlertQuery query, CancellationToken cancellation);

    /// <summary>Every version of one alert, oldest first; empty when unknown. The caller checks <see cref="AlertKey.Public"/>.</summary>
    Task<IReadOnlyList<LedgerEntry>> AlertAsync(string alert, CancellationToken cancellation);
}

/// <summary>Which entries a tail reads.</summary>
public enum TailScope
{
    /// <summary>Incidents and alerts to every audience.</summary>
    ControlRoom,

    /// <summary>Public alerts only.</summary>
    Public,

    /// <summary>All entries, evidence and actions included.</summary>
    Everything,
}

/// <summary>A page of incidents.</summary>
/// <param name="Open">True: open ones; false: closed ones; null: both.</param>
/// <param name="Since">Only those changed at or after this moment; null: no bound.</param>
/// <param name="Before">Only those whose newest change has a lower sequence number: the cursor of the page before; null: from the newest.</param>
/// <param name="Limit">1..1,000.</param>
public sealed record IncidentQuery(bool? Open = null, DateTimeOffset? Since = null, long? Before = null, int Limit = 100);

/// <summary>A page of public alerts.</summary>
/// <param name="Neighbourhood">Slug, or null for all.</param>
/// <param name="Since">Only those changed at or after this moment; null: no bound.</param>
/// <param name="Active">True: not ended; false: ended; null: both.</param>
/// <param name="Limit">1..1,000.</param>
public sealed record PublicAlertQuery(string? Neighbourhood = null, DateTimeOffset? Since = null, bool? Active = null, int Limit = 100);
