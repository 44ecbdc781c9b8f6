namespace CivicSignals.Incidents;

/// <summary>The words that the API and the replay format use for <see cref="ActionVerb"/>.</summary>
public static class ActionVerbs
{
    /// <summary>Parses <c>acknowledge</c>, <c>confirm</c>, <c>false-alarm</c>, <c>all-clear</c>, <c>merge</c>, <c>split</c> or <c>undo-merge</c>.</summary>
    public static bool TryParse(string? word, out ActionVerb verb)
    {
        (var known, verb) = word switch
        {
            "acknowledge" => (true, ActionVerb.Acknowledge),
            "confirm" => (true, ActionVerb.Confirm),
            "false-alarm" => (true, ActionVerb.FalseAlarm),
            "all-clear" => (true, ActionVerb.AllClear),
            "merge" => (true, ActionVerb.Merge),
            "split" => (true, ActionVerb.Split),
            "undo-merge" => (true, ActionVerb.UndoMerge),
            _ => (false, default),
        };
        return known;
    }

    /// <summary>The word for a verb.</summary>
    public static string Word(this ActionVerb verb) => verb switch
    {
        ActionVerb.Acknowledge => "acknowledge",
        ActionVerb.Confirm => "confirm",
        ActionVerb.FalseAlarm => "false-alarm",
        ActionVerb.Merge => "merge",
        ActionVerb.Split => "split",
        ActionVerb.UndoMerge => "undo-merge",
        _ => "all-clear",
    };
}
