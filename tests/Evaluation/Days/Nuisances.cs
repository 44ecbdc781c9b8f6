using CivicSignals.Evaluation.Town;

namespace CivicSignals.Evaluation.Days;

/// <summary>Cooking, steam, and weekly tests.</summary>
internal static class Nuisances
{
    private const double TogetherM = 150;

    private static readonly TimeSpan Together = TimeSpan.FromMinutes(65);

    public static void Happen(DayPlan plan, Dice dice)
    {
        var smoke = plan.Town.Gateways.Where(home => home.Has(Sense.Smoke)).ToList();
        var alarms = smoke.Sum(home => home.Of(Sense.Smoke).Count());
        // A second alarm of the home follows in one of four, so fewer begin.
        var kitchens = new List<(Point Place, DateTimeOffset At)>();
        for (var i = dice.Poisson(Rates.SmokeNuisance * alarms / 1.1); i > 0; i--)
        {
            var (home, at, keep) = (dice.Pick(smoke), DayPlan.Moment(dice), dice.Chance(1 / Rates.FireTimes));
            // Accelerated, pairs would be as many times commoner again: of those that fall together, only their real share is kept.
            if (!keep && kitchens.Exists(other => (other.At - at).Duration() < Together && other.Place.MetresTo(home.Place) < TogetherM))
                continue;
            kitchens.Add((home.Place, at));
            Cook(plan, home, at, dice);
        }

        var heat = plan.Town.Gateways.Where(home => home.Has(Sense.Heat)).ToList();
        for (var i = dice.Poisson(Rates.HeatNuisance * heat.Count); i > 0; i--)
        {
            var (home, at) = (dice.Pick(heat), DayPlan.Moment(dice));
            plan.Sound(home, home.Of(Sense.Heat).First(), Hazards.Fire, at, at.AddMinutes(dice.Between(1, 6)), null);
        }

        for (var i = dice.Poisson(smoke.Count / 7.0); i > 0; i--)
        {
            var home = dice.Pick(smoke);
            if (home.Of(Sense.Smoke).FirstOrDefault(device => device.Speech == Speech.Zigbee2Mqtt) is { } device)
                plan.Test(home, device, DayPlan.Moment(dice));
        }
    }

    private static void Cook(DayPlan plan, Home home, DateTimeOffset at, Dice dice)
    {
        var first = true;
        foreach (var device in home.Of(Sense.Smoke))
        {
            if (first || dice.Chance(0.25))
                plan.Sound(home, device, Hazards.Fire, first ? at : at.AddSeconds(dice.Between(10, 90)), at.AddMinutes(1.6 + dice.Exponential(3)), null);
            first = false;
        }

        if (dice.Chance(0.01))
            plan.Deny("fire", home.Place.Jittered(dice, 30), at.AddMinutes(dice.Between(3, 15)));
    }
}
