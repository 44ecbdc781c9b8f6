using System.Text.Json;
using CivicSignals.Accounting;
using CivicSignals.Areas;
using CivicSignals.Incidents;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Ledger;
using CivicSignals.Signals;

namespace CivicSignals.Silo.Replay;

/// <summary>Repeats what a person did: the action goes to the nearest open incident of its hazard.</summary>
internal sealed class OperatorStep(IGrainFactory grains, OpenIncidents open, MessageAccount account)
{
    private const double WithinM = 500;
    private const int MaxUserLength = 100;
    private const int MaxNoteLength = 1000;

    /// <summary>Acts, and counts the line: evidence when something changed, repeated when it was so already.</summary>
    public async Task<MessageOutcome> ActAsync(RecordedLine line, CancellationToken cancellation)
    {
        account.Receive();
        if (line.User is not { Length: > 0 and <= MaxUserLength } user || line.Note is { Length: > MaxNoteLength }
            || !ActionVerbs.TryParse(line.Action, out var verb) || !TryPlace(line.Near, out var hazard, out var place))
        {
            return Reject(Reasons.BadShape);
        }

        if (open.Nearest(hazard, place.Lat, place.Lon, WithinM) is not { } incident)
            return Reject(LineReasons.NoSuchIncident);
        var action = new OperatorAction(incident.Id, verb, user, line.Note ?? "");
        if (verb == ActionVerb.Merge)
        {
            if (!TryPlace(line.Into, out hazard, out place))
                return Reject(Reasons.BadShape);
            if (open.Nearest(hazard, place.Lat, place.Lon, WithinM, but: incident.Id) is not { } into)
                return Reject(LineReasons.NoSuchIncident);
            action = action with { Other = into.Id, OtherArea = into.Area };
        }
        else if (verb == ActionVerb.Split)
        {
            action = action with { Evidence = Names(line.Evidence) };
        }

        try
        {
            var result = await grains.GetGrain<IAreaGrain>(incident.Area).ActAsync(action, cancellation);
            return result switch
            {
                ActionResult.Done or ActionResult.Accepted => Settle(SignalOutcome.Evidence),
                ActionResult.Unchanged => Settle(SignalOutcome.Repeated),
                ActionResult.NotFound or ActionResult.Closed or ActionResult.OtherNotOpen => Reject(LineReasons.NoSuchIncident),
                _ => Reject(LineReasons.NotPossible),
            };
        }
        catch (LedgerUnavailableException)
        {
            account.Fail(Reasons.AreaUnavailable);
            return MessageOutcome.Failed(Reasons.AreaUnavailable);
        }
    }

    private MessageOutcome Settle(SignalOutcome outcome)
    {
        account.Settle(outcome);
        return MessageOutcome.Of(outcome);
    }

    private MessageOutcome Reject(string reason)
    {
        account.Reject(reason);
        return MessageOutcome.Rejected(reason);
    }

    private static List<string> Names(ReadOnlyMemory<byte>? evidence)
    {
        if (evidence is null)
            return [];
        using var document = JsonDocument.Parse(evidence.Value);
        return document.RootElement.ValueKind != JsonValueKind.Array ? []
            : [.. document.RootElement.EnumerateArray().Where(name => name.ValueKind == JsonValueKind.String).Select(name => name.GetString()!)];
    }

    private static bool TryPlace(ReadOnlyMemory<byte>? near, out Hazard hazard, out Place place)
    {
        (hazard, place) = (default, default);
        if (near is null)
            return false;
        using var document = JsonDocument.Parse(near.Value);
        if (document.RootElement is not { ValueKind: JsonValueKind.Object } root
            || !root.TryGetProperty("lat", out var lat) || lat.ValueKind != JsonValueKind.Number
            || !root.TryGetProperty("lon", out var lon) || lon.ValueKind != JsonValueKind.Number
            || !root.TryGetProperty("hazard", out var name) || name.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        place = new Place(lat.GetDouble(), lon.GetDouble(), 0);
        var word = name.GetString()!;
        return place.IsValid && Enum.TryParse(word, out hazard) && hazard.ToString() == word;
    }
}
