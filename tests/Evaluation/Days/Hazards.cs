namespace CivicSignals.Evaluation.Days;

/// <summary>The words of the contract for what may be happening.</summary>
internal static class Hazards
{
    public const string Fire = "Fire";
    public const string Gas = "Gas";
    public const string CarbonMonoxide = "CarbonMonoxide";
    public const string Flood = "Flood";
    public const string Intrusion = "Intrusion";
    public const string Medical = "Medical";
    public const string PersonalAttack = "PersonalAttack";
    public const string RoadCrash = "RoadCrash";
    public const string RoadHazard = "RoadHazard";
    public const string Disorder = "Disorder";

    /// <summary>The family: nobody can tell by a pressed button whether its owner has fallen or is attacked.</summary>
    public static string Family(string hazard) => hazard == PersonalAttack ? Medical : hazard;

    /// <summary>Whether residents ought to know: what happens within one home without danger to others is not published.</summary>
    public static bool IsPublic(string hazard) => hazard is Fire or Gas or CarbonMonoxide or Flood or RoadCrash or RoadHazard or Disorder;

    public static IReadOnlyList<string> Families { get; } =
        [Fire, Gas, CarbonMonoxide, Flood, Intrusion, Medical, RoadCrash, RoadHazard, Disorder];
}
