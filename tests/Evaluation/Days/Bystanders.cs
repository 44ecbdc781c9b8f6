using CivicSignals.Evaluation.Town;

namespace CivicSignals.Evaluation.Days;

/// <summary>The people around an incident: who reports it, who posts, who says that there is nothing.</summary>
internal static class Bystanders
{
    /// <summary>Reports come after minutes, posts by the arrival curves; one in twenty incidents is denied by somebody who cannot see it.</summary>
    /// <param name="word">The report's kind.</param>
    /// <param name="reports">How many are expected.</param>
    /// <param name="posts">How many posts are expected.</param>
    public static void See(DayPlan plan, TrueIncident incident, Street street, string word, double reports, double posts, Dice dice)
    {
        for (var i = dice.Poisson(reports); i > 0; i--)
        {
            var at = incident.Onset.AddMinutes(1.5 + dice.LogNormal(4, 0.8));
            plan.Report(word, incident.Hazard, incident.Place.Jittered(dice, 45), at, incident);
        }

        for (var i = dice.Poisson(posts); i > 0; i--)
            Post(plan, incident.Hazard, street, incident.Onset.AddMinutes(ArrivalCurve.Minutes(dice)), incident, dice);
        if (dice.Chance(0.05))
            plan.Deny(word, incident.Place.Jittered(dice, 80), incident.Onset.AddMinutes(dice.Between(5, 30)));
    }

    /// <summary>A post, with reposts: half of all posts about crises are reposts.</summary>
    public static (string Account, string Key) Post(DayPlan plan, string hazard, Street street, DateTimeOffset at, TrueIncident? incident, Dice dice)
    {
        var (words, place) = PostTexts.Where(street, plan.Town, dice);
        var post = plan.Post(PostTexts.About(hazard, words, dice), at, hazard, place, incident);
        for (var i = dice.Poisson(1); i > 0; i--)
            plan.Repost(post, at.AddMinutes(dice.Exponential(30)));
        return post;
    }

    /// <summary>People who are mistaken, for every so many true incidents that people see.</summary>
    public static void Mistake(DayPlan plan, string hazard, string word, double expected, Dice dice)
    {
        for (var i = dice.Poisson(expected); i > 0; i--)
        {
            var street = dice.Pick(plan.Town.StreetList);
            var place = street.Along(dice.Next()).Jittered(dice, 30);
            var at = DayPlan.Moment(dice);
            for (var people = dice.Chance(0.2) ? 2 : 1; people > 0; people--)
                plan.Report(word, hazard, place.Jittered(dice, 45), at.AddMinutes(dice.Exponential(5)), null);
            if (dice.Chance(0.2))
                Post(plan, hazard, street, at.AddMinutes(ArrivalCurve.Minutes(dice)), null, dice);
            if (dice.Chance(0.2))
                plan.Deny(word, place.Jittered(dice, 45), at.AddMinutes(dice.Between(3, 20)));
        }
    }
}
