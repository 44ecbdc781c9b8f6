using CivicSignals.Evaluation.Town;

namespace CivicSignals.Evaluation.Days;

/// <summary>What else happens in homes: carbon monoxide, gas, water, break-ins, people who need help; and the same sensors' false alarms.</summary>
internal static class Homes
{
    public static void Happen(DayPlan plan, Dice dice)
    {
        Sensed(plan, Sense.CarbonMonoxide, Hazards.CarbonMonoxide, "gas", Rates.Monoxide, Rates.MonoxideNuisance, 0.9, 0.2, dice);
        Sensed(plan, Sense.Gas, Hazards.Gas, "gas", Rates.GasLeak, Rates.GasNuisance, 0.9, 0.8, dice);
        Sensed(plan, Sense.Leak, Hazards.Flood, "flood", Rates.Leak, Rates.LeakNuisance, 0.8, 0.1, dice);
        BreakIns(plan, dice);
        Help(plan, dice);
    }

    /// <summary>Incidents and nuisances that one kind of sensor notices; sometimes a neighbour's too, and people.</summary>
    private static void Sensed(DayPlan plan, Sense sense, string hazard, string word, double real, double nuisance, double works, double people, Dice dice)
    {
        var homes = plan.Town.Gateways.Where(home => home.Has(sense)).ToList();
        for (var i = dice.Poisson(real * homes.Count); i > 0; i--)
        {
            var home = dice.Pick(homes);
            var incident = plan.Happen(hazard, home.Place, DayPlan.Moment(dice), Math.Clamp(dice.LogNormal(70, 0.6), 20, 300));
            if (dice.Chance(works))
                plan.Sound(home, home.Of(sense).First(), hazard, incident.Onset.AddMinutes(dice.LogNormal(3, 0.8)), incident.End, incident);
            foreach (var next in plan.Town.Near(home.Place, 25).Where(next => next.Has(sense) && dice.Chance(0.15)))
                plan.Sound(next, next.Of(sense).First(), hazard, incident.Onset.AddMinutes(dice.LogNormal(12, 0.6)), incident.End, incident);
            Bystanders.See(plan, incident, home.Street, word, people, people / 3, dice);
        }

        for (var i = dice.Poisson(nuisance * homes.Count); i > 0; i--)
        {
            var home = dice.Pick(homes);
            var at = DayPlan.Moment(dice);
            plan.Sound(home, home.Of(sense).First(), hazard, at, at.AddMinutes(dice.LogNormal(8, 0.8)), null);
        }
    }

    /// <summary>Burglars and forgetful owners both open doors and walk past motion sensors.</summary>
    private static void BreakIns(DayPlan plan, Dice dice)
    {
        var homes = plan.Town.Gateways.Where(home => home.Has(Sense.IntruderAlarm)).ToList();
        for (var i = dice.Poisson(Rates.BreakIn * homes.Count); i > 0; i--)
        {
            var home = dice.Pick(homes);
            var incident = plan.Happen(Hazards.Intrusion, home.Place, DayPlan.Moment(dice), dice.Between(5, 25));
            plan.Sound(home, home.Of(Sense.IntruderAlarm).First(), Hazards.Intrusion, incident.Onset.AddMinutes(dice.Between(0.2, 2)), incident.End.AddMinutes(20), incident);
            Enter(home, incident.Onset, incident, 0.7);
            Bystanders.See(plan, incident, home.Street, "intrusion", 0.3, 0.1, dice);
        }

        for (var i = dice.Poisson(Rates.IntruderNuisance * homes.Count); i > 0; i--)
        {
            var home = dice.Pick(homes);
            var at = DayPlan.Moment(dice);
            plan.Sound(home, home.Of(Sense.IntruderAlarm).First(), Hazards.Intrusion, at, at.AddMinutes(dice.Between(1, 20)), null);
            Enter(home, at, null, 0.5);
        }

        void Enter(Home home, DateTimeOffset at, TrueIncident? incident, double chance)
        {
            foreach (var device in home.Devices.Where(device => device.Sense is Sense.Contact or Sense.Motion && dice.Chance(chance)))
            {
                var moved = at.AddSeconds(dice.Between(5, 90));
                plan.Sound(home, device, Hazards.Intrusion, moved, moved.AddSeconds(90), incident, alone: false);
            }
        }
    }

    private static void Help(DayPlan plan, Dice dice)
    {
        var users = plan.Town.Gateways.Where(home => home.Has(Sense.HelpButton)).ToList();
        for (var i = dice.Poisson(Rates.TelecareCall * users.Count); i > 0; i--)
        {
            var home = dice.Pick(users);
            var at = DayPlan.Moment(dice);
            var need = dice.Chance(Rates.TelecareNeed) ? plan.Happen(Hazards.Medical, home.Place, at.AddMinutes(-dice.Between(0.5, 10)), dice.Between(20, 90)) : null;
            plan.Sound(home, home.Of(Sense.HelpButton).First(), Hazards.Medical, at, need?.End, need);
            if (need is not null && home.Of(Sense.Fall).FirstOrDefault() is { } fall && dice.Chance(0.5))
                plan.Sound(home, fall, Hazards.Medical, need.Onset.AddSeconds(dice.Between(10, 60)), need.End, need);
        }

        var falls = plan.Town.Gateways.Where(home => home.Has(Sense.Fall)).ToList();
        for (var i = dice.Poisson(Rates.FallNuisance * falls.Count); i > 0; i--)
        {
            var home = dice.Pick(falls);
            var at = DayPlan.Moment(dice);
            plan.Sound(home, home.Of(Sense.Fall).First(), Hazards.Medical, at, at.AddMinutes(5), null);
        }
    }
}
