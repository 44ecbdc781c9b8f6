namespace CivicSignals.Evaluation.Days;

/// <summary>
/// How often things happen, per year, before acceleration. Within a hazard, incidents and nuisances are accelerated alike, so that the share
/// of alarms that are real is the real one. Pairs of smoke nuisances that fall together by chance are thinned by the same factor, or they would
/// be as many times commoner again; other chance pairs are not, which is harder on the platform than life.
/// </summary>
internal static class Rates
{
    private const double HouseholdsInEngland = 24e6, HouseholdsInBritain = 28e6, Days = 365;

    /// <summary>Factors on incidents and nuisances of a hazard alike.</summary>
    public const double FireTimes = 20, MonoxideTimes = 200, GasTimes = 500, FloodTimes = 20, IntrusionTimes = 10, MedicalTimes = 2, RoadTimes = 10, DisorderTimes = 1;

    /// <summary>Dwelling fires a home and day: about 25,000 a year in 24 million households.</summary>
    public const double DwellingFire = FireTimes * 25_000 / HouseholdsInEngland / Days;

    /// <summary>Other fires a household and day: 133,072 fires, England, year to September 2024, less those of dwellings and of alarm systems.</summary>
    public const double OtherFire = FireTimes * (133_072 - 25_000 - 2_665) / HouseholdsInEngland / Days;

    /// <summary>Of other fires, those of vehicles; a judgement.</summary>
    public const double VehicleFireShare = 0.15;

    /// <summary>Nuisances a smoke alarm and day: 7 a year 20 ft from the cooker (CPSC 2010), a third of alarms multi-sensor, which save 69 % (BRE 2014).</summary>
    public const double SmokeNuisance = FireTimes * 7 * (1 - (0.69 / 3)) / Days;

    /// <summary>Nuisances a heat alarm and day; a judgement: a twentieth of a smoke alarm's.</summary>
    public const double HeatNuisance = SmokeNuisance / 20;

    /// <summary>Calls of fire-alarm systems a household and day: 130,000 a year; 2.1 % were fires (England 2021/22).</summary>
    public const double SystemCall = FireTimes * 130_000 / HouseholdsInEngland / Days, SystemCallReal = 0.021;

    /// <summary>Carbon monoxide a home and day: 58.9 attended per 100,000 households (London 2020), of which 22 % above 10 ppm (Chicago).</summary>
    public const double Monoxide = MonoxideTimes * 58.9e-5 * 0.22 / Days, MonoxideNuisance = MonoxideTimes * 58.9e-5 * 0.78 / Days;

    /// <summary>Gas leaks a home and day, and false gas alarms a sensor and day; judgements.</summary>
    public const double GasLeak = GasTimes * 1e-4 / Days, GasNuisance = GasTimes * 1e-3 / Days;

    /// <summary>Escapes of water a home and day, and false leak alarms a sensor and day; judgements.</summary>
    public const double Leak = FloodTimes * 5e-3 / Days, LeakNuisance = FloodTimes * 0.1 / Days;

    /// <summary>Genuine and false activations a monitored system and day, ACPO 2005-07.</summary>
    public const double BreakIn = IntrusionTimes * 0.034 / Days, IntruderNuisance = IntrusionTimes * 0.30 / Days;

    /// <summary>Calls a telecare user and day, a judgement; 36 % with a need (Boland 2025).</summary>
    public const double TelecareCall = MedicalTimes * 1.5 / Days, TelecareNeed = 0.36;

    /// <summary>False calls a fall detector and day; a judgement for certified ones.</summary>
    public const double FallNuisance = MedicalTimes * 0.02;

    /// <summary>Crashes a household and day: 104,000 with injuries a year in Britain, as many again that stop the traffic (judgement).</summary>
    public const double Crash = RoadTimes * 2 * 104_000 / HouseholdsInBritain / Days;

    /// <summary>Crashes in which an eCall goes off by itself, and in which somebody presses its button; judgements about the fleet.</summary>
    public const double EcallAutomatic = 0.15, EcallManual = 0.2;

    /// <summary>False calls for each genuine one: a third of automatic ones is false, three quarters of the others (UK 2024).</summary>
    public const double FalseAutomaticPerTrue = 0.5, FalseManualPerTrue = 3;

    /// <summary>Hazards on the road, and false messages about them, a household and day; judgements.</summary>
    public const double RoadHazard = 3e-4, FalseRoadHazard = 1.5e-4;

    /// <summary>Disorder a household and day; a judgement.</summary>
    public const double Disorder = DisorderTimes * 5e-5;

    /// <summary>Mistaken reports for each true incident that people see: 66,000 good-intent false alarms to 133,000 fires, England.</summary>
    public const double MistakenPerTrue = 0.5;

    /// <summary>Weight of each hour of a day: 49 % of fires fall between 16 and 22 (Home Office).</summary>
    public static double HourWeight(int hour) => hour switch { < 6 => 0.02, < 16 => 0.033, < 22 => 0.0817, _ => 0.03 };
}
