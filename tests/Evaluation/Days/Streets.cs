namespace CivicSignals.Evaluation.Days;

/// <summary>What only people see, outdoors: disorder and surface water.</summary>
internal static class Streets
{
    public static void Happen(DayPlan plan, Dice dice)
    {
        var disorder = Rates.Disorder * plan.Town.Homes.Count;
        for (var i = dice.Poisson(disorder); i > 0; i--)
        {
            var street = dice.Pick(plan.Town.StreetList);
            var incident = plan.Happen(Hazards.Disorder, street.Along(dice.Next()), DayPlan.Moment(dice), dice.Between(15, 90));
            Bystanders.See(plan, incident, street, "disorder", 2, 2, dice);
        }

        Bystanders.Mistake(plan, Hazards.Disorder, "disorder", Rates.MistakenPerTrue * disorder, dice);
        for (var i = dice.Poisson(1.5); i > 0; i--)
        {
            var street = dice.Pick(plan.Town.StreetList);
            var place = street.Along(dice.Next());
            var flood = plan.Happen(Hazards.Flood, place, DayPlan.Moment(dice), dice.Between(60, 300), Hazards.RoadHazard);
            for (var cars = dice.Poisson(1.5); cars > 0; cars--)
                plan.Drive(1 + dice.Below(DayPlan.Vehicles), Hazards.Flood, 5, 1, place.Jittered(dice, 15), flood.Onset.AddMinutes(dice.Between(1, 40)), flood);
            Bystanders.See(plan, flood, street, "flood", 0.8, 0.8, dice);
        }
    }
}
