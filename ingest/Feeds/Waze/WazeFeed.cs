using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using CivicSignals.Ingest.Dialects;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Signals;

namespace CivicSignals.Ingest.Feeds.Waze;

/// <summary>
/// The Waze partner feed as JSON: what drivers report. Only <c>alerts</c> are read; who reported, in which words, and where police stand is
/// passed over.
/// </summary>
internal sealed class WazeFeed : IFeedFormat
{
    public const string Name = "waze";

    /// <summary>
    /// Reports that Waze itself rates lower are no evidence: <c>reliability</c>, 0..10, which grows with the reporter's rank and with others'
    /// agreement. A report that nobody has backed starts at 5.
    /// </summary>
    public const long LeastReliability = 5;

    /// <summary>The place is where the driver touched the map, some while after passing.</summary>
    private const double UncertaintyM = 100;

    private const int MostAlerts = 20_000;
    private const int MaxUuidLength = 100;
    private const long MaxUnixMs = 253_402_300_799_999;

    private static readonly KindTable Kinds = KindTable.Load("Waze.waze-alerts.json");

    public Task<FeedReading> ReadAsync(ReadOnlyMemory<byte> body, DateTimeOffset receivedAt, CancellationToken cancellation) =>
        Task.FromResult(Read(body, receivedAt));

    private static FeedReading Read(ReadOnlyMemory<byte> body, DateTimeOffset receivedAt)
    {
        if (!Utf8.IsValid(body.Span))
            return FeedReading.Reject(Reasons.BadEncoding, "not UTF-8");
        try
        {
            using var document = JsonDocument.Parse(body, StrictJson.DocumentOptions);
            if (document.RootElement.Member("alerts") is not { ValueKind: JsonValueKind.Array } alerts)
                return FeedReading.Reject(Reasons.BadShape, "no list of alerts");
            if (alerts.GetArrayLength() > MostAlerts)
                return FeedReading.Reject(Reasons.TooMany, $"more than {MostAlerts} alerts");
            return new FeedReading([.. alerts.EnumerateArray().Select(alert => new FeedItem(Alert(alert, receivedAt), JsonMarshal.GetRawUtf8Value(alert).Length))]);
        }
        catch (JsonException)
        {
            return FeedReading.Reject(StrictJson.WhyNot(body.Span));
        }
    }

    private static Decoded Alert(JsonElement alert, DateTimeOffset receivedAt)
    {
        try
        {
            return Read(alert, receivedAt);
        }
        catch (InvalidOperationException)
        {
            return Decoded.Reject(Reasons.BadEncoding, "an escaped lone surrogate");
        }
    }

    private static Decoded Read(JsonElement alert, DateTimeOffset receivedAt)
    {
        if (alert.Text("type") is not { } type || alert.Text("uuid") is not { Length: > 0 and <= MaxUuidLength } uuid)
            return Decoded.Reject(Reasons.BadShape, "no type or no uuid");
        if (Kinds.KindOf(type, alert.Text("subtype") ?? "") is not { } kind || alert.Member("reliability").Whole() is not >= LeastReliability)
            return Decoded.Ambient;
        var location = alert.Member("location");
        if (location.Member("y").Real() is not { } lat || location.Member("x").Real() is not { } lon)
            return Decoded.Reject(Reasons.NoPlace);
        var place = new Place(lat, lon, UncertaintyM);
        if (!place.IsValid)
            return Decoded.Reject(Reasons.BadPlace);
        var id = FeedIdentity.Of(uuid);
        DateTimeOffset? published = alert.Member("pubMillis").Whole() is { } ms and > 0 and <= MaxUnixMs ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;
        return Decoded.Of(new Signal
        {
            Source = $"waze/{id}",
            Kind = kind,
            Active = true,
            Event = id,
            Place = place,
            ObservedAt = published.Or(receivedAt),
            ReceivedAt = receivedAt,
        });
    }
}
