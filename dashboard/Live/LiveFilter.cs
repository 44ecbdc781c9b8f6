using CivicSignals.Ledger;

namespace CivicSignals.Dashboard.Live;

/// <summary>What one client may and wants to see.</summary>
/// <param name="Scope">Control room or public.</param>
/// <param name="Neighbourhood">Only alerts of the neighbourhood of this slug; null: of all.</param>
public sealed record LiveFilter(TailScope Scope, string? Neighbourhood = null)
{
    /// <summary>Incidents and every audience's alerts.</summary>
    public static LiveFilter ControlRoom { get; } = new(TailScope.ControlRoom);

    /// <summary>Whether the frame goes to this client. A frame that is not public never passes a public filter.</summary>
    public bool Passes(LiveFrame frame) =>
        Scope == TailScope.ControlRoom
        || (frame.Public && (frame.Seq == 0 || Neighbourhood is null || Neighbourhood == frame.Neighbourhood));
}
