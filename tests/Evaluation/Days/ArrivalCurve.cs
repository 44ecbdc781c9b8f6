namespace CivicSignals.Evaluation.Days;

/// <summary>
/// How long after an incident people post about it: minutes to the first sampled post and posts by hour of three local incidents in
/// CrisisLexT26 (Glasgow helicopter, West Texas explosion, New York train crash).
/// </summary>
internal static class ArrivalCurve
{
    private static readonly (double FirstMinute, int[] ByHour)[] Curves =
        [(20.2, [155, 261, 103]), (16.1, [89, 433, 1234]), (31.0, [20, 65, 132])];

    /// <summary>Minutes from onset to a post.</summary>
    public static double Minutes(Dice dice)
    {
        var (first, byHour) = dice.Pick(Curves);
        var part = dice.Next() * byHour.Sum();
        var hour = 0;
        while (hour < byHour.Length - 1 && (part -= byHour[hour]) >= 0)
            hour++;
        return hour == 0 ? dice.Between(first, 60) : dice.Between(hour * 60, (hour + 1) * 60);
    }
}
