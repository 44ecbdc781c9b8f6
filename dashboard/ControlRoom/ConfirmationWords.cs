using CivicSignals.Incidents;

namespace CivicSignals.Dashboard.ControlRoom;

/// <summary>What confirmed an incident, in the words of the services.</summary>
public static class ConfirmationWords
{
    /// <summary><c>by two independent kinds</c>, <c>by J. Price, control room</c>.</summary>
    public static string By(this Confirmation confirmation) => confirmation.Rule switch
    {
        "two-kinds" => "by two independent kinds",
        "alarm-and-person" => "by an alarm and a person there",
        "two-homes" => "by the alarms of two homes",
        "two-vehicles" => "by two vehicles",
        "official-source" => "by an official source",
        "operator" => $"by {(confirmation.By.Count > 0 ? confirmation.By[0] : "a person")}, control room",
        _ => $"by rule {confirmation.Rule}",
    };
}
