using System.Text.Json;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Signals;

namespace CivicSignals.Ingest.Dialects.OwnTracks;

/// <summary>
/// OwnTracks on <c>owntracks/{user}/{device}</c>: where a person is. Nothing of that is kept; only a tracker's word that it was braked hard is
/// evidence, under a name that is not the person's.
/// </summary>
internal sealed class OwnTracksDialect : IDialect
{
    private const double DefaultUncertaintyM = 50;
    private const double MaxAccuracyM = 10_000;

    public bool Recognises(ReadOnlySpan<char> topic) => topic.StartsWith("owntracks/");

    public Decoded Decode(in InboundMessage message)
    {
        var reader = new Utf8JsonReader(message.Payload.Span, StrictJson.ReaderOptions);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return Decoded.Reject(Reasons.BadShape, "not an object");
        var (isLocation, isHarsh, isEncrypted) = (false, false, false);
        double? lat = null, lon = null, accuracy = null;
        DateTimeOffset? at = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("_type"u8))
            {
                reader.Read();
                isLocation = Is(reader, "location"u8);
                isEncrypted = Is(reader, "encrypted"u8);
            }
            else if (reader.ValueTextEquals("t"u8))
            {
                reader.Read();
                isHarsh = Is(reader, "h"u8);
            }
            else if (reader.ValueTextEquals("lat"u8))
            {
                lat = Real(ref reader);
            }
            else if (reader.ValueTextEquals("lon"u8))
            {
                lon = Real(ref reader);
            }
            else if (reader.ValueTextEquals("acc"u8))
            {
                accuracy = Real(ref reader);
            }
            else if (reader.ValueTextEquals("tst"u8))
            {
                reader.Read();
                at = ObservedTime.UnixSeconds(ref reader);
            }

            reader.Skip();
        }

        reader.Read(); // Nothing may follow.
        if (isEncrypted)
            return Decoded.Reject(Reasons.Undecodable, "encrypted");
        return isLocation && isHarsh ? Brakes(message, lat, lon, accuracy, at) : Decoded.Ambient;
    }

    private static Decoded Brakes(in InboundMessage message, double? lat, double? lon, double? accuracy, DateTimeOffset? at)
    {
        if (lat is null || lon is null)
            return Decoded.Reject(Reasons.NoPlace);
        var place = new Place(lat.Value, lon.Value, accuracy is > 0 and <= MaxAccuracyM ? accuracy.Value : DefaultUncertaintyM);
        if (!place.IsValid)
            return Decoded.Reject(Reasons.BadPlace);
        if (at.Believed(message.ReceivedAt) is not { } brakedAt)
            return Decoded.Ambient; // Trackers keep what they could not send: of an unknown time it says nothing.
        return Decoded.Of(new Signal
        {
            Source = Alias.Of("owntracks", Device(message.Topic)),
            Kind = "road.hard-braking",
            Active = true,
            Place = place,
            ObservedAt = brakedAt,
            ReceivedAt = message.ReceivedAt,
        });
    }

    /// <summary>The user and the device, without what the message is about.</summary>
    private static ReadOnlySpan<char> Device(ReadOnlySpan<char> topic)
    {
        var name = topic["owntracks/".Length..];
        var slash = name.IndexOf('/');
        var end = name[(slash + 1)..].IndexOf('/');
        return end < 0 ? name : name[..(slash + 1 + end)];
    }

    private static bool Is(in Utf8JsonReader reader, ReadOnlySpan<byte> word) => reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(word);

    private static double? Real(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var real) && double.IsFinite(real) ? real : null;
}
