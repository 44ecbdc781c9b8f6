using System.Text.Json;
using CivicSignals.Ingest.Mqtt;
using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Ingest.Dialects.Its;

/// <summary>
/// Orange its-client: ETSI messages as JSON under <c>…/inQueue/v2x/{type}/{source}/{quadkey, one digit a level}</c>. Types other than DENM and
/// CAM are traffic, no events.
/// </summary>
internal sealed class ItsDialect : IDialect
{
    private const string SourcePrefix = "vehicles/";
    private const int MaxUuidLength = 150;

    private readonly DenmDecoder _denms = new();

    public bool Recognises(ReadOnlySpan<char> topic) => TopicRules.ItsOwner(topic, out _, out _, out _);

    public Decoded Decode(in InboundMessage message)
    {
        TopicRules.ItsOwner(message.Topic, out var owner, out var type, out var levels);
        if (owner.Length > MaxUuidLength)
            return Decoded.Reject(Reasons.BadTopic, "the source's name is too long");
        if (type is "cam")
            return CamDecoder.Decode(message, owner, TopicTile.Read(levels));
        if (type is not "denm")
            return Decoded.Ambient;
        using var document = JsonDocument.Parse(message.Payload, StrictJson.DocumentOptions);
        return Read(document.RootElement, owner, TopicTile.Read(levels), message.ReceivedAt);
    }

    /// <summary>Reads a DENM from the vehicle that its topic belongs to.</summary>
    /// <param name="root">The payload.</param>
    /// <param name="owner">Whose topic it is; a message need not name its source, but may name no other.</param>
    /// <param name="tile">Where the topic says that it is.</param>
    /// <param name="receivedAt">When it came.</param>
    public Decoded Read(JsonElement root, ReadOnlySpan<char> owner, TopicTile tile, DateTimeOffset receivedAt)
    {
        var uuid = owner.ToString();
        if (uuid.Length > MaxUuidLength)
            return Decoded.Reject(Reasons.BadTopic, "the source's name is too long");
        if (root.Member("source_uuid") is { } named && (named.ValueKind != JsonValueKind.String || !named.ValueEquals(uuid)))
            return Decoded.Reject(Reasons.ForeignIdentity, "source_uuid is not the topic's");
        return _denms.Decode(root, SourcePrefix + uuid, tile, receivedAt);
    }
}
