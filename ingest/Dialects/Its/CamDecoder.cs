using System.Text.Json;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Signals;

namespace CivicSignals.Ingest.Dialects.Its;

/// <summary>
/// CAMs: where a vehicle is, up to ten times a second. Only that it brakes as hard as it can is of interest; the rest passes without allocating.
/// Sirens and safety cars are no hazard.
/// </summary>
internal static class CamDecoder
{
    private const string HardBraking = "road.hard-braking";
    private const double DegreesPerUnit = 1e-7;

    /// <summary>Of the seven bits that generation 1 writes as text: brake, gas, emergency brake, …</summary>
    private const int EmergencyBrakeBit = 2;

    /// <param name="message">The message.</param>
    /// <param name="uuid">Whose topic it is.</param>
    /// <param name="tile">Where its topic says that it is.</param>
    public static Decoded Decode(in InboundMessage message, ReadOnlySpan<char> uuid, TopicTile tile)
    {
        var reader = new Utf8JsonReader(message.Payload.Span, StrictJson.ReaderOptions);
        long? lat = null, lon = null, axis = null, sentAt = null;
        var brakes = false;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
                continue;
            if (reader.ValueTextEquals("path"u8))
            {
                reader.Skip(); // Who passed it on, with positions of their own.
            }
            else if (reader.ValueTextEquals("message_format"u8))
            {
                reader.Read();
                if (reader.TokenType != JsonTokenType.String || !reader.ValueTextEquals("json/raw"u8))
                    return Decoded.Reject(Reasons.Undecodable, "a CAM in ASN.1 is not read");
            }
            else if (reader.CurrentDepth == 1 && reader.ValueTextEquals("source_uuid"u8))
            {
                reader.Read();
                if (reader.TokenType != JsonTokenType.String || !reader.ValueTextEquals(uuid))
                    return Decoded.Reject(Reasons.ForeignIdentity, "source_uuid is not the topic's");
            }
            else if (reader.CurrentDepth == 1 && reader.ValueTextEquals("timestamp"u8))
            {
                sentAt = Whole(ref reader);
            }
            else if (reader.ValueTextEquals("latitude"u8))
            {
                lat = Whole(ref reader);
            }
            else if (reader.ValueTextEquals("longitude"u8))
            {
                lon = Whole(ref reader);
            }
            else if (reader.ValueTextEquals("semi_major"u8) || reader.ValueTextEquals("semi_major_confidence"u8))
            {
                axis = Whole(ref reader);
            }
            else if (reader.ValueTextEquals("emergency_brake_engaged"u8) || reader.ValueTextEquals("emergencyBrakeEngaged"u8))
            {
                brakes |= reader.Read() && reader.TokenType == JsonTokenType.True;
            }
            else if (reader.ValueTextEquals("acceleration_control"u8))
            {
                reader.Read();
                brakes |= reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length > EmergencyBrakeBit && reader.ValueSpan[EmergencyBrakeBit] == '1';
            }
        }

        return brakes ? Brakes(message, uuid, tile, lat, lon, Denm.UncertaintyM(axis), sentAt) : Decoded.Ambient;
    }

    private static Decoded Brakes(in InboundMessage message, ReadOnlySpan<char> uuid, TopicTile tile, long? lat, long? lon, double uncertaintyM, long? sentAt)
    {
        if (lat is null || lon is null)
            return Decoded.Reject(Reasons.NoPlace);
        var place = new Place(lat.Value * DegreesPerUnit, lon.Value * DegreesPerUnit, uncertaintyM);
        if (!place.IsValid)
            return Decoded.Reject(Reasons.BadPlace);
        if (!tile.MayHold(place))
            return Decoded.Reject(Reasons.PlaceMismatch, "the position is not in the topic's tile");
        return Decoded.Of(new Signal
        {
            Source = $"vehicles/{uuid}",
            Kind = HardBraking,
            Active = true,
            Place = place,
            ObservedAt = EtsiTime.FromUnix(sentAt).Or(message.ReceivedAt),
            ReceivedAt = message.ReceivedAt,
        });
    }

    private static long? Whole(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var whole) ? whole : null;
}
