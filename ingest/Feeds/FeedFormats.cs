using CivicSignals.Ingest.Feeds.Cap;
using CivicSignals.Ingest.Feeds.Datex;
using CivicSignals.Ingest.Feeds.Waze;
using CivicSignals.Ledger;
using CivicSignals.Signals;
using Microsoft.Extensions.Options;

namespace CivicSignals.Ingest.Feeds;

/// <summary>Makes the reader of a feed by its format's name.</summary>
internal sealed class FeedFormats(FeedClient client, INoticeStore notices, IKindCatalogue kinds, IOptions<FeedsOptions> options)
{
    public static readonly string[] Names = [WazeFeed.Name, DatexFeed.Name, CapFeed.Name];

    public IFeedFormat Of(FeedOptions feed) => feed.Format switch
    {
        WazeFeed.Name => new WazeFeed(),
        DatexFeed.Name => new DatexFeed(),
        _ => new CapFeed(feed, new CapEntries(feed, client), new CapEvidence(kinds), notices, options.Value.OwnSender),
    };
}
