namespace CivicSignals.Ingest.Silence;

/// <summary>A home whose gateway is connected or was lost lately.</summary>
/// <param name="Area">Quadkey.</param>
/// <param name="LostAt">When its connection broke; null: it is connected.</param>
internal readonly record struct WatchedHome(string Area, DateTimeOffset? LostAt);

/// <summary>
/// When homes that fall silent together are a power cut. The numbers are a first choice: no deployment's outages have been measured yet. Pure.
/// </summary>
/// <param name="Least">So many homes of one area, at least.</param>
/// <param name="Within">Lost within so long of one another: gateways with the usual keep-alive of a minute are missed after 60 to 90 seconds.</param>
/// <param name="Settled">And not back for so long: a broker, a router or this platform's own network that restarts is back sooner.</param>
/// <param name="Lately">Homes that were lost longer ago than this count neither as there nor as lost.</param>
internal sealed record PowerCutRule(int Least, TimeSpan Within, TimeSpan Settled, TimeSpan Lately)
{
    public static PowerCutRule Default { get; } = new(5, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(2), TimeSpan.FromHours(1));

    /// <summary>
    /// The areas without power: at least half of those there were lost together. Elsewhere most must have stayed: what takes all homes everywhere
    /// is more likely ours, and where there is no elsewhere to compare with nothing is claimed.
    /// </summary>
    /// <param name="homes">All of them.</param>
    /// <param name="now">The moment.</param>
    public IReadOnlyList<(string Area, int Lost, int Of, DateTimeOffset Since)> Find(IReadOnlyCollection<WatchedHome> homes, DateTimeOffset now)
    {
        List<(string, int, int, DateTimeOffset)> found = [];
        var there = homes.Where(home => home.LostAt is null || now - home.LostAt <= Lately).ToList();
        foreach (var area in there.Where(home => home.LostAt is not null).GroupBy(home => home.Area))
        {
            if (Together(area.Select(home => home.LostAt!.Value).Order().ToList()) is not { } cluster || now - cluster.Last < Settled)
                continue;
            var of = there.Count(home => home.Area == area.Key);
            if (cluster.Count * 2 >= of && MostStayedElsewhere(there, area.Key, cluster))
                found.Add((area.Key, cluster.Count, of, cluster.First));
        }

        return found;
    }

    /// <summary>Whether most of the homes that were lost are back.</summary>
    /// <param name="lost">How many were lost.</param>
    /// <param name="of">Of how many.</param>
    /// <param name="connected">How many of the area are connected now.</param>
    public static bool IsOver(int lost, int of, int connected) => (of - connected) * 2 < lost;

    private bool MostStayedElsewhere(List<WatchedHome> there, string area, (int Count, DateTimeOffset First, DateTimeOffset Last) cluster)
    {
        var (stayed, lost) = (0, 0);
        foreach (var home in there)
        {
            if (home.Area == area)
                continue;
            if (home.LostAt >= cluster.First - Within && home.LostAt <= cluster.Last + Within)
                lost++;
            else if (home.LostAt is null)
                stayed++;
        }

        return stayed > lost;
    }

    /// <summary>The largest number of losses within <see cref="Within"/>; null: too few.</summary>
    private (int Count, DateTimeOffset First, DateTimeOffset Last)? Together(List<DateTimeOffset> losses)
    {
        (int Count, DateTimeOffset First, DateTimeOffset Last)? best = null;
        for (int from = 0, to = 0; to < losses.Count; to++)
        {
            while (losses[to] - losses[from] > Within)
                from++;
            if (to - from + 1 >= Math.Max(Least, best?.Count + 1 ?? 0))
                best = (to - from + 1, losses[from], losses[to]);
        }

        return best;
    }
}
