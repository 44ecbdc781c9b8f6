namespace CivicSignals.Signals;

/// <summary>What may be happening at a place.</summary>
public enum Hazard
{
    Fire,
    Gas,
    CarbonMonoxide,
    Flood,
    Intrusion,
    Medical,
    PersonalAttack,
    RoadCrash,
    RoadHazard,
    Disorder,
}
