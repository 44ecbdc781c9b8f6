using CivicSignals.Ledger;
using CivicSignals.Neighbourhoods;
using CivicSignals.Notices;

namespace CivicSignals.Tests.Ingest.Feeds;

/// <summary>Notices in memory.</summary>
internal sealed class MemoryNotices : INoticeStore
{
    private readonly Dictionary<string, Notice> _notices = [];

    public bool Away { get; set; }

    public int Saved { get; private set; }

    public IReadOnlyList<Notice> All => [.. _notices.Values.OrderBy(notice => notice.Sent)];

    public Task<IReadOnlyList<Notice>> CurrentAsync((double South, double West, double North, double East)? box, DateTimeOffset now, int limit, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Notice>>([.. _notices.Values.Where(notice => notice.EndedAt is null && notice.Expires > now && (box is not { } b || In(notice, b)))
            .OrderByDescending(notice => notice.Sent).Take(limit)]);

    public Task<IReadOnlyList<Notice>> OfFeedAsync(string feed, int limit, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Notice>>([.. _notices.Values.Where(notice => notice.Feed == feed)]);

    public Task SaveAsync(IReadOnlyList<Notice> notices, DateTimeOffset now)
    {
        if (Away)
            throw new LedgerUnavailableException("away on purpose");
        foreach (var notice in notices)
            _notices[notice.Id] = notice;
        Saved += notices.Count;
        return Task.CompletedTask;
    }

    private static bool In(Notice notice, (double South, double West, double North, double East) box)
    {
        if (notice.Areas.Count == 0)
            return false;
        var (south, west, north, east) = Ring.Bounds(notice.Areas);
        return south <= box.North && north >= box.South && west <= box.East && east >= box.West;
    }
}
