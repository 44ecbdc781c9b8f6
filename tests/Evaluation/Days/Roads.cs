using CivicSignals.Evaluation.Town;

namespace CivicSignals.Evaluation.Days;

/// <summary>What happens on roads: crashes, hazards, false calls, and queues that brake hard without a crash.</summary>
internal static class Roads
{
    public static void Happen(DayPlan plan, Dice dice)
    {
        var homes = plan.Town.Homes.Count;
        for (var i = dice.Poisson(Rates.Crash * homes); i > 0; i--)
            Crash(plan, dice);
        for (var i = dice.Poisson(Rates.RoadHazard * homes); i > 0; i--)
            Hazard(plan, dice);
        False(plan, dice);
        Bystanders.Mistake(plan, Hazards.RoadCrash, "crash", Rates.MistakenPerTrue * Rates.Crash * homes, dice);
    }

    /// <summary>A place on a street; one in three at a tile's edge, where a street comes near one.</summary>
    private static (Street Street, Point Place) Spot(DayPlan plan, Dice dice)
    {
        var edge = dice.Chance(Fires.AtEdge);
        var home = dice.Pick(edge ? plan.Town.AtEdges : plan.Town.Homes);
        return (home.Street, home.Place.Jittered(dice, 8));
    }

    private static void Crash(DayPlan plan, Dice dice)
    {
        var (street, place) = Spot(plan, dice);
        var crash = plan.Happen(Hazards.RoadCrash, place, DayPlan.Moment(dice), Math.Clamp(dice.LogNormal(45, 0.5), 15, 180), Hazards.RoadHazard, Hazards.Medical);
        if (dice.Chance(Rates.EcallAutomatic))
            Tell(92, 3, 0.1, 0.5);
        if (dice.Chance(Rates.EcallManual))
            Tell(92, 2, 0.5, 3);
        for (var i = dice.Poisson(0.7); i > 0; i--)
            Tell(2, 0, 0.3, 4);
        for (var i = dice.Poisson(0.6); i > 0; i--)
            Tell(94, 0, 1, 10, Hazards.RoadHazard);
        for (var i = dice.Poisson(3); i > 0; i--)
            plan.Drive(Vehicle(dice), Hazards.RoadCrash, 99, 1, place.Jittered(dice, 60), crash.Onset.AddMinutes(dice.Between(0, 6)), crash, alone: false);
        Bystanders.See(plan, crash, street, "crash", 0.8, 0.5, dice);

        void Tell(int cause, int sub, double from, double to, string hazard = Hazards.RoadCrash) =>
            plan.Drive(Vehicle(dice), hazard, cause, sub, place.Jittered(dice, 10), crash.Onset.AddMinutes(dice.Between(from, to)), crash);
    }

    private static void Hazard(DayPlan plan, Dice dice)
    {
        var (street, place) = Spot(plan, dice);
        var hazard = plan.Happen(Hazards.RoadHazard, place, DayPlan.Moment(dice), Math.Clamp(dice.LogNormal(60, 0.6), 15, 240));
        var (cause, sub) = dice.Pick([(10, 0), (94, 2), (91, 0), (94, 0)]);
        for (var i = dice.Poisson(1.6); i > 0; i--)
            plan.Drive(Vehicle(dice), Hazards.RoadHazard, cause, sub, place.Jittered(dice, 12), hazard.Onset.AddMinutes(dice.Between(0.5, 20)), hazard);
        Bystanders.See(plan, hazard, street, "road-hazard", 0.5, 0.2, dice);
    }

    private static void False(DayPlan plan, Dice dice)
    {
        var crashes = Rates.Crash * plan.Town.Homes.Count;
        Lie(Hazards.RoadCrash, 92, 3, crashes * Rates.EcallAutomatic * Rates.FalseAutomaticPerTrue);
        Lie(Hazards.RoadCrash, 92, 2, crashes * Rates.EcallManual * Rates.FalseManualPerTrue);
        Lie(Hazards.RoadCrash, 2, 0, crashes * 0.3);
        Lie(Hazards.RoadHazard, 10, 0, Rates.FalseRoadHazard * plan.Town.Homes.Count);
        for (var queue = dice.Poisson(12); queue > 0; queue--)
        {
            var (_, place) = Spot(plan, dice);
            var at = DayPlan.Moment(dice);
            for (var i = 2 + dice.Poisson(3); i > 0; i--)
                plan.Drive(Vehicle(dice), Hazards.RoadCrash, 99, 1, place.Jittered(dice, 60), at.AddMinutes(dice.Between(0, 5)), null, alone: false);
        }

        void Lie(string hazard, int cause, int sub, double expected)
        {
            for (var i = dice.Poisson(expected); i > 0; i--)
                plan.Drive(Vehicle(dice), hazard, cause, sub, Spot(plan, dice).Place, DayPlan.Moment(dice), null);
        }
    }

    private static int Vehicle(Dice dice) => 1 + dice.Below(DayPlan.Vehicles);
}
