using CivicSignals.Alerts;

namespace CivicSignals.Dashboard.Neighbourhoods;

/// <summary>How sure an alert is, in words that a resident reads.</summary>
public static class CertaintyWords
{
    public static string Sentence(this Alert alert) => (alert.Certainty, alert.Confirmed) switch
    {
        (Certainty.Observed, _) => "Confirmed by a person at a control room or by an official source.",
        (Certainty.Likely, true) => "Likely, and confirmed by independent signals.",
        (Certainty.Likely, false) => "Likely, not confirmed yet.",
        (_, true) => "Possible, and confirmed by independent signals.",
        _ => "Possible, not confirmed yet.",
    };
}
