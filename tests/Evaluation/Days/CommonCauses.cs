using CivicSignals.Evaluation.Town;

namespace CivicSignals.Evaluation.Days;

/// <summary>One cause, many homes: a power blip, an update that fails, weather that holds carbon monoxide down.</summary>
internal static class CommonCauses
{
    public static void Happen(DayPlan plan, Disturbances disturbances, int seed)
    {
        if (disturbances.Storm)
            Storm(plan, new Dice(seed, "storm"));
        if (disturbances.Firmware)
            Firmware(plan, new Dice(seed, "firmware"));
        if (disturbances.AmbientMonoxide)
            Monoxide(plan, new Dice(seed, "ambient"));
    }

    /// <summary>In half of the town the power blips: a tenth of mains alarms sound for seconds, within two minutes.</summary>
    private static void Storm(DayPlan plan, Dice dice)
    {
        var at = DayPlan.Opening.AddHours(dice.Between(2, 20));
        var west = plan.Town.Neighbourhoods.Max(n => n.SouthWest.Lon) - 0.02;
        var count = 0;
        foreach (var home in plan.Town.Gateways.Where(home => home.Place.Lon < west))
        {
            foreach (var device in home.Devices.Where(d => d is { Mains: true, Sense: Sense.Smoke or Sense.FireAlarmSystem } && dice.Chance(0.1)))
            {
                var sounds = at.AddSeconds(dice.Between(0, 120));
                plan.Sound(home, device, Hazards.Fire, sounds, sounds.AddSeconds(dice.Between(10, 90)), null);
                count++;
            }
        }

        plan.Notes.Add($"storm {at:O}: {count} alarms");
    }

    /// <summary>A fifth of one model's alarms, in about 5 % of homes with sensors, sound within ten minutes of an update.</summary>
    private static void Firmware(DayPlan plan, Dice dice)
    {
        var at = DayPlan.Opening.AddHours(dice.Between(2, 20));
        var count = 0;
        foreach (var home in plan.Town.Gateways)
        {
            if (home.Devices.FirstOrDefault(d => d.Sense == Sense.Smoke && d.Model == Furnishing.FaultyModel) is not { } device || !dice.Chance(0.22))
                continue;
            var sounds = at.AddMinutes(dice.Between(0, 10));
            plan.Sound(home, device, Hazards.Fire, sounds, sounds.AddMinutes(dice.Between(0.5, 20)), null);
            count++;
        }

        plan.Notes.Add($"firmware {at:O}: {count} alarms");
    }

    /// <summary>69 and 128 calls on two days of raised ambient carbon monoxide (Chicago): here 1.5 % of alarms over six hours.</summary>
    private static void Monoxide(DayPlan plan, Dice dice)
    {
        var at = DayPlan.Opening.AddHours(dice.Between(2, 16));
        var count = 0;
        foreach (var home in plan.Town.Gateways.Where(home => home.Has(Sense.CarbonMonoxide) && dice.Chance(0.015)))
        {
            var sounds = at.AddHours(dice.Between(0, 6));
            plan.Sound(home, home.Of(Sense.CarbonMonoxide).First(), Hazards.CarbonMonoxide, sounds, sounds.AddMinutes(dice.Between(5, 120)), null);
            count++;
        }

        plan.Notes.Add($"ambient-monoxide {at:O}: {count} alarms");
    }
}
