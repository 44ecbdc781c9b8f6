using System.Text.Json;
using CivicSignals.Ingest.Dialects.Its;
using CivicSignals.Ingest.Mqtt;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Ingest.Registration;
using CivicSignals.Signals;

namespace CivicSignals.Ingest.Dialects.Platform;

/// <summary>
/// The platform's own JSON: <c>signals/{source}</c> and <c>vehicles/{vehicle}/…</c>. Unknown members are ignored; what the registry knows
/// better may be absent. A vehicle may send DENMs there too.
/// </summary>
internal sealed class PlatformDialect(Registry registry, IKindCatalogue kinds, ItsDialect its) : IDialect
{
    private const double DefaultUncertaintyM = 15;
    private const int MaxSourceLength = 200;
    private const int MaxEventLength = 200;

    public bool Recognises(ReadOnlySpan<char> topic) =>
        (topic.StartsWith("signals/") || topic.StartsWith("vehicles/")) && !TopicRules.ItsOwner(topic, out _, out _, out _);

    public Decoded Decode(in InboundMessage message)
    {
        using var document = JsonDocument.Parse(message.Payload, StrictJson.DocumentOptions);
        TopicRules.Owner(message.Topic, out var owner);
        if (message.Topic.StartsWith("vehicles/", StringComparison.Ordinal) && Denm.TryFind(document.RootElement, out _))
            return its.Read(document.RootElement, owner, default, message.ReceivedAt);
        var envelope = CloudEvent.Open(document.RootElement, message);
        return envelope.Data.ValueKind == JsonValueKind.Object
            ? Read(envelope, owner, message)
            : Decoded.Reject(Reasons.BadShape, "not an object");
    }

    private Decoded Read(in CloudEvent envelope, ReadOnlySpan<char> owner, in InboundMessage message)
    {
        var data = envelope.Data;
        var gateway = message.Topic.StartsWith("signals/", StringComparison.Ordinal) ? registry.Find(owner) : null;
        gateway?.Heard.Count(message.ReceivedAt);
        if (gateway is { Premises: null })
            return Decoded.Reject(Reasons.UnclaimedGateway);
        var home = gateway?.Premises;
        if (SourceOf(message.Topic, owner) is not { Length: <= MaxSourceLength } source)
            return Decoded.Reject(Reasons.BadTopic, "the source's name is too long");
        if ((data.Text("kind") ?? envelope.Type) is not { } kind || !kinds.Knows(kind))
            return Decoded.Reject(Reasons.UnknownKind);
        if (data.Member("active") is { ValueKind: not (JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null) })
            return Decoded.Reject(Reasons.BadShape, "active is neither true nor false");
        if (!TryPlace(data, home?.Place ?? registry.Source(owner)?.Place, out var place, out var reason))
            return Decoded.Reject(reason);
        if (!CloudEvent.TryTime(data.Text("observedAt") ?? envelope.Time, out var observedAt))
            return Decoded.Reject(Reasons.BadTime, "not an ISO 8601 time with a zone");
        if (!CloudEvent.TryTime(data.Text("validUntil"), out var validUntil))
            return Decoded.Reject(Reasons.BadTime, "validUntil is not an ISO 8601 time with a zone");
        var isActive = data.Member("active") is not { ValueKind: JsonValueKind.False };
        if (isActive && validUntil <= message.ReceivedAt)
            return Decoded.Ambient;
        var id = data.Text("id") ?? envelope.Id;
        if (id?.Length > MaxEventLength)
            return Decoded.Reject(Reasons.BadShape, $"id is longer than {MaxEventLength} characters");

        return Decoded.Of(new Signal
        {
            Source = source,
            Kind = kind,
            Active = isActive,
            Place = home?.Place ?? place,
            ObservedAt = observedAt.Or(message.ReceivedAt),
            ReceivedAt = message.ReceivedAt,
            Premises = home?.Id,
            SinceUnknown = message.Retain && string.IsNullOrEmpty(id) && observedAt is null,
            Consents = home?.Consents ?? Consents.All,
            Event = string.IsNullOrEmpty(id) ? null : id,
            ValidUntil = validUntil,
        });
    }

    /// <summary>A vehicle is one source whatever it publishes on; else each topic under <c>signals/</c> is a sensor of its own.</summary>
    private string SourceOf(string topic, ReadOnlySpan<char> owner) =>
        topic.StartsWith("vehicles/", StringComparison.Ordinal) || (registry.IsSender(owner.ToString()) && registry.Source(owner) is null)
            ? $"vehicles/{owner}"
            : topic.TrimEnd('/');

    private static bool TryPlace(JsonElement data, Place? registered, out Place place, out string reason)
    {
        place = default;
        reason = Reasons.BadPlace;
        var (lat, lon) = (data.Member("lat"), data.Member("lon"));
        if (IsAbsent(lat) && IsAbsent(lon))
        {
            reason = Reasons.NoPlace;
            place = registered ?? default;
            return registered is not null;
        }

        if (lat.Real() is not { } latitude || lon.Real() is not { } longitude)
            return false;
        var uncertainty = data.Member("uncertaintyM");
        if ((IsAbsent(uncertainty) ? DefaultUncertaintyM : uncertainty.Real()) is not { } metres)
            return false;
        place = new Place(latitude, longitude, metres);
        return place.IsValid;
    }

    private static bool IsAbsent(JsonElement? element) => element is null or { ValueKind: JsonValueKind.Null };
}
