using CivicSignals.Evaluation.Town;

namespace CivicSignals.Evaluation.Days;

/// <summary>Fires: in homes, in buildings with alarm systems, of vehicles, outdoors.</summary>
internal static class Fires
{
    /// <summary>One in three incidents lies at a tile's edge.</summary>
    public const double AtEdge = 1.0 / 3;

    private const double BatteryWorks = 0.60, MainsWorks = 0.79, SecondAlarm = 0.7;

    public static void Happen(DayPlan plan, Dice dice)
    {
        var town = plan.Town;
        for (var i = dice.Poisson(Rates.DwellingFire * town.Homes.Count); i > 0; i--)
            Dwelling(plan, dice.Pick(dice.Chance(AtEdge) ? town.AtEdges : town.Homes), DayPlan.Moment(dice), dice);
        var others = Rates.OtherFire * town.Homes.Count;
        for (var i = dice.Poisson(others); i > 0; i--)
            Elsewhere(plan, dice.Chance(Rates.VehicleFireShare), dice);
        var systems = town.Gateways.Where(home => home.Has(Sense.FireAlarmSystem)).ToList();
        for (var i = dice.Poisson(Rates.SystemCall * town.Homes.Count); i > 0; i--)
            System(plan, dice.Pick(systems), real: dice.Chance(Rates.SystemCallReal), dice);
        Bystanders.Mistake(plan, Hazards.Fire, "fire", Rates.MistakenPerTrue * others, dice);
    }

    /// <summary>A home burns. Alarms work as often as English fire statistics say; heat, carbon monoxide and the neighbours follow.</summary>
    public static TrueIncident Dwelling(DayPlan plan, Home home, DateTimeOffset onset, Dice dice)
    {
        var minutes = Math.Clamp(dice.LogNormal(40, 0.6), 15, 180);
        var fire = plan.Happen(Hazards.Fire, home.Place, onset, minutes, Hazards.CarbonMonoxide);
        DateTimeOffset? Rest() => dice.Chance(0.5) ? null : fire.End.AddMinutes(dice.Between(0, 10));

        DateTimeOffset? smoke = null;
        foreach (var device in home.Of(Sense.Smoke))
        {
            var works = smoke is null ? device.Mains ? MainsWorks : BatteryWorks : SecondAlarm;
            if (!dice.Chance(works))
                continue;
            var at = smoke is { } first ? first.AddSeconds(dice.Between(20, 180)) : onset.AddSeconds(dice.LogNormal(90, 0.7));
            smoke ??= at;
            plan.Sound(home, device, Hazards.Fire, at, Rest(), fire);
        }

        foreach (var device in home.Of(Sense.Heat).Where(_ => dice.Chance(0.7)))
            plan.Sound(home, device, Hazards.Fire, onset.AddSeconds(dice.LogNormal(240, 0.5)), Rest(), fire);
        foreach (var device in home.Of(Sense.CarbonMonoxide).Where(_ => dice.Chance(0.35)))
            plan.Sound(home, device, Hazards.CarbonMonoxide, onset.AddSeconds(dice.LogNormal(360, 0.5)), Rest(), fire);
        Neighbours(plan, fire, 0.08, dice);
        Bystanders.See(plan, fire, home.Street, "fire", 1.0, 0.8, dice);
        return fire;
    }

    private static void System(DayPlan plan, Home building, bool real, Dice dice)
    {
        var at = DayPlan.Moment(dice);
        var panel = building.Devices[0];
        if (!real)
        {
            plan.Sound(building, panel, Hazards.Fire, at, at.AddMinutes(dice.Between(3, 25)), null);
            return;
        }

        var fire = plan.Happen(Hazards.Fire, building.Place, at.AddSeconds(-dice.Between(30, 240)), dice.Between(20, 120), Hazards.CarbonMonoxide);
        plan.Sound(building, panel, Hazards.Fire, at, fire.End, fire);
        Neighbours(plan, fire, 0.05, dice);
        Bystanders.See(plan, fire, building.Street, "fire", 1.0, 0.8, dice);
    }

    private static void Elsewhere(DayPlan plan, bool vehicle, Dice dice)
    {
        var street = dice.Pick(plan.Town.StreetList);
        var place = street.Along(dice.Next()).Jittered(dice, vehicle ? 3 : 25);
        var fire = plan.Happen(Hazards.Fire, place, DayPlan.Moment(dice), Math.Clamp(dice.LogNormal(30, 0.6), 10, 150), Hazards.RoadHazard);
        for (var i = vehicle ? dice.Poisson(1.0) : 0; i > 0; i--)
            plan.Drive(1 + dice.Below(DayPlan.Vehicles), Hazards.Fire, 91, 10, place.Jittered(dice, 8), fire.Onset.AddMinutes(dice.LogNormal(3, 0.6)), fire);
        Neighbours(plan, fire, vehicle ? 0.005 : 0.01, dice);
        Bystanders.See(plan, fire, street, "fire", 1.2, 0.8, dice);
    }

    /// <summary>Smoke drifts into homes within 30 m: seldom, by judgement.</summary>
    private static void Neighbours(DayPlan plan, TrueIncident fire, double chance, Dice dice)
    {
        foreach (var home in plan.Town.Near(fire.Place, 30))
        {
            foreach (var device in home.Of(Sense.Smoke).Take(1).Where(_ => dice.Chance(chance)))
            {
                var at = fire.Onset.AddMinutes(dice.LogNormal(7, 0.5));
                plan.Sound(home, device, Hazards.Fire, at, at.AddMinutes(dice.Between(5, 40)), fire);
            }
        }
    }
}
