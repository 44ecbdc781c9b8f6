using CivicSignals.Evaluation.Town;

namespace CivicSignals.Evaluation.Days;

/// <summary>Makes a day from a seed: the same seed gives the same day, and what is switched on changes nothing else.</summary>
internal static class DayMaker
{
    public static Day Make(TownPlan town, int seed, Disturbances disturbances)
    {
        var plan = new DayPlan(town, seed);
        Fires.Happen(plan, new Dice(seed, "fires"));
        Homes.Happen(plan, new Dice(seed, "homes"));
        Roads.Happen(plan, new Dice(seed, "roads"));
        Streets.Happen(plan, new Dice(seed, "streets"));
        Nuisances.Happen(plan, new Dice(seed, "nuisances"));
        Chatter.Happen(plan, new Dice(seed, "chatter"));
        CommonCauses.Happen(plan, disturbances, seed);
        Attacks.Happen(plan, disturbances, seed);
        Ordinary.Happen(plan, new Dice(seed, "ordinary"));
        return new Day(seed, disturbances, plan.Incidents, plan.Observations, plan.Notes, Delivery.Deliver(plan, disturbances));
    }
}
