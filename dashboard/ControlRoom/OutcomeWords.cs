using CivicSignals.Incidents;

namespace CivicSignals.Dashboard.ControlRoom;

/// <summary>How an incident ended, in a few words.</summary>
public static class OutcomeWords
{
    public static string Word(this Outcome? outcome) => outcome switch
    {
        Outcome.AllClear => "All clear",
        Outcome.FalseAlarm => "False alarm",
        Outcome.Expired => "Expired: nothing new was heard",
        Outcome.Merged => "Merged into another incident",
        _ => "Closed",
    };
}
