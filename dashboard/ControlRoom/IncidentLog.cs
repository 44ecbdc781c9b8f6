using System.Text.Json;
using CivicSignals.Alerts;
using CivicSignals.Dashboard.Layout;
using CivicSignals.Incidents;
using CivicSignals.Learning;
using CivicSignals.Ledger;

namespace CivicSignals.Dashboard.ControlRoom;

/// <summary>One line of an incident's chronological log.</summary>
/// <param name="At">When.</param>
/// <param name="Who">The source, the person, or the platform.</param>
/// <param name="What">What happened, in plain words.</param>
/// <param name="Mark">Which sort of line: <c>evidence</c>, <c>state</c>, <c>alert</c> or <c>action</c>.</param>
public sealed record LogLine(DateTimeOffset At, string Who, string What, string Mark);

/// <summary>Tells an incident's ledger entries as a log.</summary>
public static class IncidentLog
{
    private const string Platform = "Civic Signals";

    /// <summary>The log, in the ledger's order. An incident entry gives a line only where its stage, confirmation or merge changed.</summary>
    public static IReadOnlyList<LogLine> Of(IReadOnlyList<LedgerEntry> entries)
    {
        var log = new List<LogLine>(entries.Count);
        IncidentLine? before = null;
        foreach (var entry in entries)
        {
            switch (entry.Type)
            {
                case EntryType.Evidence:
                    log.Add(Tell(JsonSerializer.Deserialize(entry.Body.Span, LedgerJson.Lines.Evidence)!, entry.At));
                    break;
                case EntryType.Alert:
                    log.Add(Tell(JsonSerializer.Deserialize(entry.Body.Span, LedgerJson.Lines.Alert)!));
                    break;
                case EntryType.Action:
                    log.Add(Tell(JsonSerializer.Deserialize(entry.Body.Span, LedgerJson.Lines.ActionLine)!));
                    break;
                default:
                    var line = JsonSerializer.Deserialize(entry.Body.Span, LedgerJson.Lines.IncidentLine)!;
                    if (Change(before, line) is { } what)
                        log.Add(new(entry.At, Platform, what, "state"));
                    before = line;
                    break;
            }
        }

        return log;
    }

    private static LogLine Tell(Evidence evidence, DateTimeOffset at)
    {
        var late = at - evidence.At >= TimeSpan.FromSeconds(2) ? $", observed at {UkTime.Log(evidence.At)}" : "";
        return new(at, evidence.Source, evidence.ClearedAt is null ? $"Reported {evidence.Kind}{late}" : $"Reported that {evidence.Kind} has ended", "evidence");
    }

    private static LogLine Tell(Alert alert)
    {
        var whom = alert.Audience == Audience.Public ? "the public" : $"control rooms ({string.Join(", ", alert.Services)})";
        var what = (alert.MsgType, alert.Ended) switch
        {
            (MsgType.Cancel, _) => $"Cancelled the alert to {whom}",
            (_, not null) => $"Told {whom} that it has ended",
            (MsgType.Alert, _) => $"Alerted {whom}",
            _ => $"Updated the alert to {whom}",
        };
        return new(alert.At, Platform, $"{what}, version {alert.Version}: “{alert.Headline}”", "alert");
    }

    private static LogLine Tell(ActionLine action)
    {
        var what = action.Action switch
        {
            "acknowledge" => "Acknowledged",
            "confirm" => "Confirmed that it is real",
            "false-alarm" => "Found it to be a false alarm",
            "all-clear" => "Gave the all clear",
            FalseCallActions.Warned => "Warned the premises of false calls",
            FalseCallActions.WarningEnded => "The warning of false calls has ended",
            FalseCallActions.Withdrawn => "Withdrew the response to the premises' unconfirmed alarms",
            FalseCallActions.Restored => "Restored the response to the premises' unconfirmed alarms",
            "merge" => $"Merged it into incident {action.Other}",
            "merge-from" => $"Merged incident {action.Other} into it",
            "merge-refused" => $"Could not merge it into incident {action.Other}, which does not take it any more",
            "split" => $"Split evidence off into incident {action.Other}",
            "undo-merge" => $"Undid a merger: incident {action.Other} is one of its own again",
            "split-from" => $"Split it off from incident {action.Other}",
            _ => action.Action,
        };
        return new(action.At, action.User, action.Note.Length > 0 ? $"{what}: “{action.Note}”" : what, "action");
    }

    private static string? Change(IncidentLine? before, IncidentLine after)
    {
        if (after.Stage == Stage.Closed && before?.Stage != Stage.Closed)
            return "Closed. " + after.Outcome.Word();
        if (after.Confirmation is { } confirmation && before?.Confirmation is null)
            return "Confirmed " + confirmation.By();
        if (after.MergedFrom is [.., { By: Merger.Engine } merger] && after.MergedFrom.Count > (before?.MergedFrom?.Count ?? 0))
            return $"Took over incident {merger.Id}: it proved to be the same event";
        return before is null ? $"Opened: {after.Hazard.Word().ToLowerInvariant()}, real in {BeliefWords.Say(after.Belief)}" : null;
    }
}
