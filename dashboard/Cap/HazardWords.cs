using System.Collections.Frozen;
using CivicSignals.Signals;

namespace CivicSignals.Dashboard.Cap;

/// <summary>What CAP and people call a hazard, and what to do about it.</summary>
/// <param name="Event">CAP event, at most 35 characters.</param>
/// <param name="Categories">CAP categories, the most important first: many receivers read the first only.</param>
/// <param name="Response">CAP responseType while it lasts.</param>
/// <param name="Severity">CAP severity while it lasts.</param>
/// <param name="EventCode">OASIS Event Terms List 1.2, or null where it has no term.</param>
/// <param name="Instruction">What people should do.</param>
public sealed record HazardWords(
    string Event, IReadOnlyList<string> Categories, string Response, string Severity, string? EventCode, string Instruction)
{
    private const string InDanger = "If anyone is in danger, call 999.";

    /// <summary>All hazards. Numbers: 0800 111 999 is the National Gas Emergency Service, 0345 988 1188 is Floodline.</summary>
    public static readonly FrozenDictionary<Hazard, HazardWords> All = new Dictionary<Hazard, HazardWords>
    {
        [Hazard.Fire] = new("Fire", ["Fire", "Safety"], "Avoid", "Severe", "OET-078",
            "Stay away from the area and keep the roads clear for fire engines. If smoke reaches you, go indoors and close doors and windows. "
            + "If there is fire or smoke in your own home, get out, stay out and call 999. Never go back in."),
        [Hazard.Gas] = new("Gas leak", ["Safety", "Fire"], "Avoid", "Severe", "OET-134",
            "Stay away from the area. If you smell gas, open doors and windows, leave the building, and call 0800 111 999 from outside. "
            + "Do not smoke, use flames or touch electrical switches. " + InDanger),
        [Hazard.CarbonMonoxide] = new("Carbon monoxide", ["Safety", "Health"], "Avoid", "Severe", null,
            "If your carbon monoxide alarm sounds, or you have a headache, feel dizzy or sick, go outside into fresh air and leave the doors open. "
            + "Call 0800 111 999 from outside and do not go back in. If anyone is unwell, call 999."),
        [Hazard.Flood] = new("Flood", ["Met", "Safety"], "Avoid", "Moderate", "OET-081",
            "Do not walk or drive through flood water. If water is coming in, move people, pets and medicines to a higher floor. "
            + "Switch off gas and electricity only if it is safe, and never touch electrics while standing in water. "
            + "For advice call Floodline on 0345 988 1188. " + InDanger),
        [Hazard.Intrusion] = new("Break-in", ["Security"], "Monitor", "Moderate", "OET-104",
            "Keep your doors and windows locked. Do not approach anyone. If you see a crime happening, call 999; to report what you saw earlier, call 101."),
        [Hazard.Medical] = new("Medical emergency", ["Health", "Rescue"], "Avoid", "Moderate", "OET-012",
            "Keep the road and the entrance clear for the ambulance. If you are asked to help, follow what the 999 call handler says."),
        [Hazard.PersonalAttack] = new("Personal attack alarm", ["Security", "Safety"], "Avoid", "Severe", null,
            "Stay away from the area and do not approach anyone. If you see someone being attacked, call 999."),
        [Hazard.RoadCrash] = new("Road traffic collision", ["Transport", "Rescue"], "Avoid", "Severe", "OET-167",
            "Slow down, expect queues, and use another road if you can. Keep clear for emergency vehicles. "
            + "If you come upon the scene first, stop safely, switch on your hazard lights and call 999."),
        [Hazard.RoadHazard] = new("Road hazard", ["Transport", "Safety"], "Avoid", "Moderate", "OET-166",
            "Slow down, keep your distance and be ready to stop. Use another road if you can. " + InDanger),
        [Hazard.Disorder] = new("Public disorder", ["Security", "Safety"], "Avoid", "Moderate", null,
            "Avoid the area. If you are close by, go indoors and stay there until it is over. " + InDanger),
    }.ToFrozenDictionary();
}
