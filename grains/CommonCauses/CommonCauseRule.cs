namespace CivicSignals.CommonCauses;

/// <summary>How one cause shows that many homes share: so many of them alarm together that their own affairs do not explain it. Data of the fusion model.</summary>
/// <param name="Name">On evidence that it explains: <c>power</c>.</param>
/// <param name="Words">In a sentence: "the power, which many homes share".</param>
/// <param name="Kinds">The kinds that it sets off.</param>
/// <param name="PerMake">Whether only devices of one make are counted together.</param>
/// <param name="WithinMinutes">They are counted over so long.</param>
/// <param name="LeastPlaces">So many blocks (map tiles of about 100 m) must have alarmed: a fire in one house is none. 2 or more.</param>
/// <param name="LeastTimes">And so many times more than in ordinary times, above 1.</param>
/// <param name="Source">Where the numbers come from.</param>
public sealed record CommonCauseRule(
    string Name,
    string Words,
    IReadOnlyList<string> Kinds,
    bool PerMake,
    double WithinMinutes,
    int LeastPlaces,
    double LeastTimes,
    string Source);
