using CivicSignals.Signals;

namespace CivicSignals.Dashboard.Layout;

/// <summary>What people read for a hazard, and the name that its icon and colour go by.</summary>
public static class HazardWords
{
    /// <summary>The hazard in a few words, first letter in capitals.</summary>
    public static string Word(this Hazard hazard) => hazard switch
    {
        Hazard.CarbonMonoxide => "Carbon monoxide",
        Hazard.Gas => "Gas leak",
        Hazard.PersonalAttack => "Personal attack",
        Hazard.RoadCrash => "Road crash",
        Hazard.RoadHazard => "Road hazard",
        Hazard.Medical => "Medical emergency",
        _ => hazard.ToString(),
    };

    /// <summary>Id of its icon in the sprite, and the end of its class: <c>hazard-road-crash</c>.</summary>
    public static string Mark(this Hazard hazard) => hazard switch
    {
        Hazard.CarbonMonoxide => "carbon-monoxide",
        Hazard.PersonalAttack => "personal-attack",
        Hazard.RoadCrash => "road-crash",
        Hazard.RoadHazard => "road-hazard",
        Hazard.Fire => "fire",
        Hazard.Gas => "gas",
        Hazard.Flood => "flood",
        Hazard.Intrusion => "intrusion",
        Hazard.Medical => "medical",
        _ => "disorder",
    };
}
