using System.Text.Json;
using CivicSignals.Ingest.Mqtt;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Signals;

namespace CivicSignals.Ingest.Dialects.Its;

/// <summary>
/// Orange its-client: ETSI messages as JSON under <c>…/inQueue/v2x/{type}/{source}/…</c>. DENMs of all generations are read by looking where
/// each of them keeps a field, not by their version; the other types are traffic, no events.
/// </summary>
internal sealed class ItsDialect : IDialect
{
    private const string SourcePrefix = "vehicles/";
    private const int MaxUuidLength = 150;
    private const double DefaultUncertaintyM = 15;
    private const double DegreesPerUnit = 1e-7;
    private const long EllipseOutOfRangeCm = 4094;
    private const long DefaultValidityS = 600;
    private const long MinValidityS = 60;
    private const long MaxValidityS = 86_400;
    private const long MaxUnixMs = 253_402_300_799_999;

    /// <summary>2004-01-01 in Unix time. Publishers disagree on leap seconds since (5 s), so the envelope's time is preferred where both are given.</summary>
    private const long EtsiEpochMs = 1_072_915_200_000;

    private readonly EventKinds _events = new();

    public bool Recognises(ReadOnlySpan<char> topic) => TopicRules.ItsOwner(topic, out _, out _);

    public Decoded Decode(in InboundMessage message)
    {
        TopicRules.ItsOwner(message.Topic, out _, out var type);
        if (type is not "denm")
            return Decoded.Ambient;
        using var document = JsonDocument.Parse(message.Payload, StrictJson.DocumentOptions);
        return Read(document.RootElement, message);
    }

    /// <summary>Whether a payload is a DENM, of whatever generation.</summary>
    public static bool IsDenm(JsonElement root) => Management(root.Member("message")) is not null;

    /// <summary>Reads a DENM from the vehicle that its topic belongs to.</summary>
    public Decoded Read(JsonElement root, in InboundMessage message)
    {
        TopicRules.Owner(message.Topic, out var owner);
        var uuid = owner.ToString();
        if (uuid.Length > MaxUuidLength)
            return Decoded.Reject(Reasons.BadTopic, "the source's name is too long");
        if (root.Text("source_uuid") != uuid)
            return Decoded.Reject(Reasons.ForeignIdentity, "source_uuid is not the topic's");
        var denm = root.Member("message");
        var management = Management(denm);
        var action = management.Member("action_id");
        if (action.Member("originating_station_id").Whole() is not { } station || action.Member("sequence_number").Whole() is not { } sequence)
            return Decoded.Reject(Reasons.BadShape, "no action_id");
        if (!TryPlace(management, out var place, out var reason))
            return Decoded.Reject(reason);

        var observedAt = Time(root.Member("timestamp").Whole()).Or(message.ReceivedAt);
        var signal = new Signal
        {
            Source = SourcePrefix + uuid,
            Kind = "",
            Active = management.Member("termination").WholeOrValue() is null,
            Place = place,
            ObservedAt = observedAt,
            ReceivedAt = message.ReceivedAt,
            ValidUntil = ValidUntil(management, observedAt, message.ReceivedAt),
            Event = $"{station}/{sequence}",
        };
        var kind = KindOf((denm.Member("situation_container") ?? denm.Member("situation")).Member("event_type"));
        return signal.Active ? Begin(signal, kind) : End(signal, kind);
    }

    private Decoded Begin(Signal signal, string? kind)
    {
        if (kind is null)
            return Decoded.Ambient;
        _events.Add(signal.Source, signal.Event!, kind);
        return Decoded.Of(signal with { Kind = kind });
    }

    private Decoded End(Signal signal, string? kind)
    {
        var kinds = _events.Of(signal.Source, signal.Event!);
        if (kind is not null && !kinds.Contains(kind))
            kinds = [.. kinds, kind];
        return new Decoded { Signals = [.. kinds.Select(ended => signal with { Kind = ended })] };
    }

    private static JsonElement? Management(JsonElement? denm) => denm.Member("management_container") ?? denm.Member("management");

    private static string? KindOf(JsonElement? eventType) =>
        eventType.Member("cause").WholeOrValue() is { } cause ? Causes.Embedded.KindOf(cause, eventType.Member("subcause").WholeOrValue() ?? 0) : null;

    private static bool TryPlace(JsonElement? management, out Place place, out string reason)
    {
        place = default;
        var position = management.Member("event_position");
        if (position.Member("latitude").WholeOrValue() is not { } lat || position.Member("longitude").WholeOrValue() is not { } lon)
        {
            reason = Reasons.NoPlace;
            return false;
        }

        place = new Place(lat * DegreesPerUnit, lon * DegreesPerUnit, Uncertainty(management, position));
        reason = Reasons.BadPlace; // Where it is unknown, senders write 90.0000001 and 180.0000001.
        return place.IsValid;
    }

    private static double Uncertainty(JsonElement? management, JsonElement? position)
    {
        var ellipse = position.Member("position_confidence_ellipse")
            ?? (position.Member("confidence") ?? management.Member("confidence")).Member("position_confidence_ellipse");
        var cm = (ellipse.Member("semi_major") ?? ellipse.Member("semi_major_confidence")).Whole();
        return cm is > 0 and < EllipseOutOfRangeCm ? Math.Max(1, cm.Value / 100.0) : DefaultUncertaintyM;
    }

    private static DateTimeOffset ValidUntil(JsonElement? management, DateTimeOffset observedAt, DateTimeOffset receivedAt)
    {
        var seconds = Math.Clamp(management.Member("validity_duration").WholeOrValue() ?? DefaultValidityS, MinValidityS, MaxValidityS);
        var detected = Time(management.Member("detection_time").Whole() is { } etsi and >= 0 and < MaxUnixMs - EtsiEpochMs ? etsi + EtsiEpochMs : null);
        var from = detected.Or(receivedAt) == detected ? detected.Value : observedAt;
        return from.AddSeconds(seconds);
    }

    private static DateTimeOffset? Time(long? unixMs) =>
        unixMs is >= 0 and <= MaxUnixMs ? DateTimeOffset.FromUnixTimeMilliseconds(unixMs.Value) : null;
}
