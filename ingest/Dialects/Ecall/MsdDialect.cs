using CivicSignals.Ingest.Mqtt;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Signals;

namespace CivicSignals.Ingest.Dialects.Ecall;

/// <summary>An eCall's minimum set of data on <c>vehicles/{vehicle}/msd</c>, as it is or in hexadecimal.</summary>
internal sealed class MsdDialect : IDialect
{
    /// <summary>Two times out of three, where the standard asks for 150 m in 95 of a hundred.</summary>
    private const double TrustedUncertaintyM = 90;

    /// <summary>Judgement: the last position before a tunnel or a car park.</summary>
    private const double DoubtfulUncertaintyM = 1000;

    private const int MaxNameLength = 150;

    public bool Recognises(ReadOnlySpan<char> topic) =>
        TopicRules.Level(ref topic) is "vehicles" && TopicRules.Level(ref topic).Length > 0 && topic is "msd";

    public bool IsBinary(ReadOnlySpan<char> topic) => true;

    public Decoded Decode(in InboundMessage message)
    {
        TopicRules.Owner(message.Topic, out var vehicle);
        if (vehicle.Length > MaxNameLength)
            return Decoded.Reject(Reasons.BadTopic, "the vehicle's name is too long");
        Span<byte> bytes = stackalloc byte[Msd.MaxBytes];
        if (Unwrap(message.Payload.Span, bytes) is not (> 0 and var length) || Msd.Read(bytes[..length]) is not { } msd)
            return Decoded.Reject(Reasons.Undecodable, "not an MSD of version 1 to 3");
        if (msd.Position is not { } position && !msd.IsTest)
            return Decoded.Reject(Reasons.NoPlace);
        var (lat, lon) = msd.Position ?? default;
        var place = new Place(lat, lon, msd.IsPositionTrusted ? TrustedUncertaintyM : DoubtfulUncertaintyM);
        if (!place.IsValid)
            return Decoded.Reject(Reasons.BadPlace);
        return Decoded.Of(new Signal
        {
            Source = $"vehicles/{vehicle}",
            Kind = msd.IsTest ? "supervision.test" : msd.IsAutomatic ? "crash.ecall-automatic" : "crash.ecall-manual",
            Active = true,
            Place = place,
            ObservedAt = msd.At.Or(message.ReceivedAt),
            ReceivedAt = message.ReceivedAt,
            Event = msd.At is { } at ? $"msd/{at.ToUnixTimeSeconds()}" : null, // Repeats of one call keep its time.
        });
    }

    /// <summary>How many bytes it is, or none when it cannot be a message.</summary>
    private static int Unwrap(ReadOnlySpan<byte> payload, Span<byte> bytes)
    {
        if (payload.Length > 0 && payload[0] < (byte)'\t') // Its version, and no text.
            return payload.Length <= bytes.Length && payload.TryCopyTo(bytes) ? payload.Length : 0;
        var hex = payload.Trim("\t\r\n \""u8);
        if (hex.StartsWith("0x"u8))
            hex = hex[2..];
        return Convert.FromHexString(hex, bytes, out var used, out var written) == System.Buffers.OperationStatus.Done && used == hex.Length ? written : 0;
    }
}
