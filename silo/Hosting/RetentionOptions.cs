using CivicSignals.Ledger;
using CivicSignals.Signals;

namespace CivicSignals.Silo.Hosting;

/// <summary>How long incidents are kept after their end: see docs/privacy.md. Section <c>Retention</c>.</summary>
public sealed class RetentionOptions
{
    private const int MostDays = 3650;

    /// <summary>
    /// Days for which it is kept who said what exactly where, and what people wrote, 1..3,650; then an incident is reduced to what statistics need.
    /// Default 90: complaints and coroners' first questions come within weeks.
    /// </summary>
    public int DetailDays { get; set; } = 90;

    /// <summary>Days for which incidents of fire are kept, 1..3,650. Default 730: a winter can be compared with the one before.</summary>
    public int FireDays { get; set; } = 730;

    /// <summary>The same for gas leaks. Default 730.</summary>
    public int GasDays { get; set; } = 730;

    /// <summary>The same for carbon monoxide. Default 730.</summary>
    public int CarbonMonoxideDays { get; set; } = 730;

    /// <summary>The same for floods. Default 730.</summary>
    public int FloodDays { get; set; } = 730;

    /// <summary>The same for break-ins. Default 365: false-call policies look back a year.</summary>
    public int IntrusionDays { get; set; } = 365;

    /// <summary>The same for medical emergencies. Default 180: what tells of somebody's health is kept the shortest.</summary>
    public int MedicalDays { get; set; } = 180;

    /// <summary>The same for calls for help. Default 365.</summary>
    public int PersonalAttackDays { get; set; } = 365;

    /// <summary>The same for road crashes. Default 730.</summary>
    public int RoadCrashDays { get; set; } = 730;

    /// <summary>The same for hazards on the road. Default 90: they are many, and nobody asks for them later.</summary>
    public int RoadHazardDays { get; set; } = 90;

    /// <summary>The same for disorder. Default 365.</summary>
    public int DisorderDays { get; set; } = 365;

    private IReadOnlyDictionary<Hazard, int> Days => new Dictionary<Hazard, int>
    {
        [Hazard.Fire] = FireDays,
        [Hazard.Gas] = GasDays,
        [Hazard.CarbonMonoxide] = CarbonMonoxideDays,
        [Hazard.Flood] = FloodDays,
        [Hazard.Intrusion] = IntrusionDays,
        [Hazard.Medical] = MedicalDays,
        [Hazard.PersonalAttack] = PersonalAttackDays,
        [Hazard.RoadCrash] = RoadCrashDays,
        [Hazard.RoadHazard] = RoadHazardDays,
        [Hazard.Disorder] = DisorderDays,
    };

    public RetentionPolicy Policy() => new(TimeSpan.FromDays(DetailDays), Days.ToDictionary(hazard => hazard.Key, hazard => TimeSpan.FromDays(hazard.Value)));

    /// <summary>What is wrong, each line naming its key.</summary>
    public IEnumerable<string> Problems() => Days.Select(hazard => ($"{hazard.Key}Days", hazard.Value))
        .Prepend((nameof(DetailDays), DetailDays))
        .Where(days => days.Item2 is < 1 or > MostDays)
        .Select(days => $"Retention:{days.Item1}: {days.Item2} is not a number of days (1..{MostDays})");
}
