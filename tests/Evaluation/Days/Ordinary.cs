using CivicSignals.Evaluation.Town;
using CivicSignals.Evaluation.Wire;

namespace CivicSignals.Evaluation.Days;

/// <summary>What is always sent: descriptions at the day's beginning, doors and steps, batteries and temperatures. Thin, for it decides nothing.</summary>
internal static class Ordinary
{
    public static void Happen(DayPlan plan, Dice dice)
    {
        foreach (var home in plan.Town.Gateways)
        {
            var at = DayPlan.Start.AddSeconds(dice.Between(0, 500));
            foreach (var body in HomeWire.Announce(home))
                plan.Messages.Add(new Message(home.Gateway!, at, _ => body, Steady: true));
            for (var i = dice.Poisson(2); i > 0; i--)
            {
                var battery = dice.Chance(0.02) ? 9 : 80;
                plan.Add(home.Gateway!, DayPlan.Moment(dice), _ => HomeWire.Ordinary(home, battery));
            }

            foreach (var device in home.Devices.Where(device => device.Sense is Sense.Contact or Sense.Motion))
            {
                for (var i = dice.Poisson(4); i > 0; i--)
                {
                    var moved = DayPlan.Moment(dice);
                    plan.Add(home.Gateway!, moved, clock => HomeWire.State(home, device, active: true, clock));
                    plan.Add(home.Gateway!, moved.AddSeconds(90), clock => HomeWire.State(home, device, active: false, clock));
                }
            }
        }
    }
}
