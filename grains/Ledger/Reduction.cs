using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CivicSignals.Alerts;
using CivicSignals.Homes;
using CivicSignals.Incidents;
using CivicSignals.Learning;

namespace CivicSignals.Ledger;

/// <summary>
/// A closed incident reduced to what statistics need: hazard, times, outcome, confirmation rule, kinds and weights of the evidence, neighbourhood. No source,
/// no premises, no place closer than about a kilometre, and no word of a person. Pure.
/// </summary>
public static class Reduction
{
    /// <summary>Stands in place of a person's name, which is never shorter.</summary>
    private const string Someone = "-";

    /// <summary>Two decimals of a degree: about 1.1 km to the north, and 0.7 km to the east in the UK.</summary>
    private const int Decimals = 2;

    private const double RadiusM = 1000;

    /// <summary>What becomes of an incident's entries: its last line, its alerts and its actions stay, rewritten.</summary>
    /// <param name="entries">All of them, oldest first.</param>
    /// <returns>In the same order; null: the entry goes, which is never so of all of them.</returns>
    public static IReadOnlyList<byte[]?> Of(IReadOnlyList<(EntryType Type, byte[] Body)> entries)
    {
        var last = entries.Count - 1;
        while (last >= 0 && entries[last].Type != EntryType.Incident)
            last--;
        return [.. entries.Select((entry, i) => entry.Type switch
        {
            EntryType.Incident => i == last ? Rewrite(entry.Body, LedgerJson.Lines.IncidentLine, Of) : null,
            EntryType.Alert => Rewrite(entry.Body, LedgerJson.Lines.Alert, Of),
            EntryType.Action => Rewrite(entry.Body, LedgerJson.Lines.ActionLine, (line, _) => Of(line)),
            _ => null,
        })];
    }

    private static IncidentLine Of(IncidentLine line, bool withRadius) => line with
    {
        Lat = Coarse(line.Lat),
        Lon = Coarse(line.Lon),
        RadiusM = Radius(line.RadiusM, withRadius),
        Confirmation = Of(line.Confirmation),
        Evidence = [.. line.Evidence.Select(evidence => Of(evidence, withRadius))],
        AcknowledgedBy = line.AcknowledgedBy is null ? null : Someone,
        Silent = null,
        FalseCalls = null,
        MergedFrom = line.MergedFrom is { } merged ? [.. merged.Select(Of)] : null,
    };

    private static EvidenceLine Of(EvidenceLine evidence, bool withRadius) => evidence with
    {
        Source = Erasure.Word,
        Why = "",
        Lat = Coarse(evidence.Lat),
        Lon = Coarse(evidence.Lon),
        UncertaintyM = Radius(evidence.UncertaintyM, withRadius),
    };

    private static Alert Of(Alert alert, bool withRadius) => alert.Audience == Audience.Public ? alert : alert with
    {
        Lat = Coarse(alert.Lat),
        Lon = Coarse(alert.Lon),
        RadiusM = Radius(alert.RadiusM, withRadius),
        Confirmation = Of(alert.Confirmation),
        Reasons = [],
    };

    private static ActionLine Of(ActionLine action) => action with { User = action.User == FalseCallActions.Platform ? action.User : Someone, Note = "" };

    private static Merger Of(Merger merger) => merger with
    {
        By = merger.By == Merger.Engine ? merger.By : Someone,
        Evidence = [.. merger.Evidence.Select(Name)],
        Confirmation = Of(merger.Confirmation),
        AcknowledgedBy = merger.AcknowledgedBy is null ? null : Someone,
    };

    private static Confirmation? Of(Confirmation? confirmation) => confirmation is null ? null : confirmation with { By = [.. confirmation.By.Select(Name)] };

    /// <summary>Of evidence, the kind; of a person, nothing.</summary>
    private static string Name(string by) => by.LastIndexOf(' ') is > 0 and var end && by[..end].Contains('/', StringComparison.Ordinal) ? $"{Erasure.Word}{by[end..]}" : Someone;

    private static double Coarse(double degrees) => Math.Round(degrees, Decimals);

    private static double Radius(double metres, bool coarse) => coarse ? Math.Max(metres, RadiusM) : metres;

    /// <summary>
    /// Never longer than before, or SQLite would move the entry's neighbours about and leave copies of them behind: what has nothing to lose but its
    /// place keeps its radius.
    /// </summary>
    private static byte[] Rewrite<T>(byte[] body, JsonTypeInfo<T> type, Func<T, bool, T> reduce)
    {
        try
        {
            var line = JsonSerializer.Deserialize(body, type)!;
            var reduced = JsonSerializer.SerializeToUtf8Bytes(reduce(line, true), type);
            return reduced.Length <= body.Length ? reduced : JsonSerializer.SerializeToUtf8Bytes(reduce(line, false), type);
        }
        catch (JsonException)
        {
            return "{}"u8.ToArray(); // What cannot be read is nothing that statistics need, and may name somebody.
        }
    }
}
