namespace CivicSignals.Evaluation.Days;

/// <summary>Public posts that are about nothing here: small talk, metaphors, news of other places.</summary>
internal static class Chatter
{
    private const double PostsADay = 1500;

    public static void Happen(DayPlan plan, Dice dice)
    {
        for (var i = dice.Poisson(PostsADay); i > 0; i--)
        {
            var at = DayPlan.Moment(dice);
            var post = plan.Post(PostTexts.Unrelated(plan.Town, dice), at);
            if (dice.Chance(0.2))
                plan.Repost(post, at.AddMinutes(dice.Exponential(60)));
        }
    }
}
