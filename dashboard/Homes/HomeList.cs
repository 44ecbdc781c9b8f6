using CivicSignals.Homes;

namespace CivicSignals.Dashboard.Homes;

/// <summary>Which homes an operator wants to see.</summary>
public enum HomeFilter
{
    All,
    Claimed,
    Unclaimed,
    Revoked,
    Silent,
}

/// <summary>A page of homes.</summary>
/// <param name="Homes">In the order of their gateways' names.</param>
/// <param name="Next">The gateway to go on after, or null at the end.</param>
public sealed record HomeList(IReadOnlyList<Home> Homes, string? Next)
{
    private const int PageSize = 100;
    private const int ReadAtOnce = 1000;

    public static async Task<HomeList> ReadAsync(
        IHomes homes, string? text, HomeFilter filter, string? after, DateTimeOffset now, CancellationToken cancellation)
    {
        bool? claimed = filter switch
        {
            HomeFilter.Claimed or HomeFilter.Silent => true,
            HomeFilter.Unclaimed => false,
            _ => null,
        };
        var found = new List<Home>();
        while (true)
        {
            var read = await homes.ListAsync(new HomeQuery(text, claimed, after, ReadAtOnce), cancellation);
            found.AddRange(read.Where(home => Passes(home, filter, now)));
            if (found.Count > PageSize)
                return new HomeList([.. found.Take(PageSize)], found[PageSize - 1].Gateway);
            if (read.Count < ReadAtOnce)
                return new HomeList(found, null);
            after = read[^1].Gateway;
        }
    }

    private static bool Passes(Home home, HomeFilter filter, DateTimeOffset now) => filter switch
    {
        HomeFilter.Revoked => home.RevokedAt is not null,
        HomeFilter.Silent => home.IsSilent(now),
        _ => true,
    };
}
