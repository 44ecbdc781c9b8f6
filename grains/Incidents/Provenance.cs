using System.Text.Json.Serialization;
using CivicSignals.Alerts;
using CivicSignals.Signals;

namespace CivicSignals.Incidents;

/// <summary>What merging and splitting have made of an incident: enough to show it, and to take it back.</summary>
/// <param name="Merged">The incidents that were merged into it, directly or by way of one another, in the order of the mergers.</param>
/// <param name="Apart">Incidents that a person has parted it from: the engine never makes one of them again.</param>
public sealed record Provenance(IReadOnlyList<Merger> Merged, IReadOnlyList<string> Apart)
{
    /// <summary>Of an incident that is as it was opened.</summary>
    public static Provenance None { get; } = new([], []);

    /// <summary>Whether two incidents must stay two: a person has parted them, or has sent one of them elsewhere.</summary>
    public static bool AreApart(Incident a, Incident b) =>
        a.Leaving is not null || b.Leaving is not null || Names(a, b.Id) || Names(b, a.Id);

    /// <summary>The merger of an incident that is still in one piece somewhere in this one, or the newest when no id is given.</summary>
    public Merger? Find(string? merged) => Merged.LastOrDefault(merger => merger.Evidence.Count > 0 && (merged is null || merger.Id == merged));

    /// <summary>The alerts to an audience about what was merged, which those about the incident continue; null: none.</summary>
    public IReadOnlyList<string>? AlertsTo(Audience audience)
    {
        var ids = Merged.SelectMany(merger => merger.Alerts).Where(alert => alert.Audience == audience).Select(alert => alert.Id).ToList();
        return ids.Count == 0 ? null : ids;
    }

    private static bool Names(Incident incident, string other) => incident.Provenance?.Apart.Contains(other) == true;
}

/// <summary>One incident that was merged into another.</summary>
/// <param name="Id">The one that closed.</param>
/// <param name="Into">The one that it was merged into.</param>
/// <param name="Hazard">What it was about.</param>
/// <param name="OpenedAt">When it had opened.</param>
/// <param name="At">When it was merged.</param>
/// <param name="By">The user, or <see cref="Engine"/>.</param>
/// <param name="Evidence">What it brought, as <see cref="Incidents.Evidence.Name"/>; without what has been split off since.</param>
/// <param name="Alerts">The alerts about it that the other's alerts continue.</param>
/// <param name="Confirmation">A person's confirmation of it, which went along; null: there was none.</param>
/// <param name="AcknowledgedBy">Who had acknowledged it, or null.</param>
public sealed record Merger(
    string Id,
    string Into,
    Hazard Hazard,
    DateTimeOffset OpenedAt,
    DateTimeOffset At,
    string By,
    IReadOnlyList<string> Evidence,
    IReadOnlyList<MergedAlert> Alerts,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Confirmation? Confirmation,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? AcknowledgedBy)
{
    /// <summary>Stands in <see cref="By"/> where no person merged.</summary>
    public const string Engine = "engine";

    /// <summary>Further apart than so, metres, no two incidents are one: whoever says so has mistaken one for another.</summary>
    public const double WithinM = 2000;
}

/// <summary>An alert about an incident that was merged.</summary>
public sealed record MergedAlert(string Id, Audience Audience);

/// <summary>A person has decided that an incident is one with another area's: the areas see to it as soon as both can.</summary>
/// <param name="Into">The other incident.</param>
/// <param name="Area">Quadkey of the area that owns it.</param>
/// <param name="At">When it was decided.</param>
/// <param name="By">The user.</param>
/// <param name="Note">Why; may be empty.</param>
public sealed record Departure(string Into, string Area, DateTimeOffset At, string By, string Note);
