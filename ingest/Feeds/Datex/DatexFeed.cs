using System.Xml.Linq;
using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Ingest.Feeds.Datex;

/// <summary>A DATEX II publication of situations as XML, version 3 or 2: what road operators know. Envelopes around it are looked through.</summary>
internal sealed class DatexFeed : IFeedFormat
{
    public const string Name = "datex2";

    private const int MostRecords = 20_000;

    public Task<FeedReading> ReadAsync(ReadOnlyMemory<byte> body, DateTimeOffset receivedAt, CancellationToken cancellation) =>
        Task.FromResult(Read(body, receivedAt));

    private static FeedReading Read(ReadOnlyMemory<byte> body, DateTimeOffset receivedAt)
    {
        if (FeedXml.Parse(body, out var reason, out var detail) is not { } root)
            return FeedReading.Reject(reason, detail);
        if (!root.DescendantsAndSelf().Any(IsPublication))
            return FeedReading.Reject(Reasons.BadShape, "no DATEX II publication of situations");
        var records = root.Descendants().Where(element => element.Is("situationRecord")).Take(MostRecords + 1).ToList();
        return records.Count > MostRecords
            ? FeedReading.Reject(Reasons.TooMany, $"more than {MostRecords} records")
            : new FeedReading([.. records.Select(record => new FeedItem(DatexRecord.Read(record, receivedAt), Length(record)))]);
    }

    private static bool IsPublication(XElement element) => element.IsDatex() && element.XsiType() == "SituationPublication";

    private static int Length(XElement record) => record.DescendantNodes().Sum(node => node is XText text ? text.Value.Length : 16);
}
