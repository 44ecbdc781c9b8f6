using System.Runtime.InteropServices;
using CivicSignals.Ingest.Mqtt;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Ingest.Registration;
using CivicSignals.Signals;

namespace CivicSignals.Ingest.Dialects.Vss;

/// <summary>
/// COVESA's vehicle signals on <c>vss/{id}</c>, flat or as VISS answers, or one each on <c>vss/{id}/Vehicle/…</c>. Nobody has agreed on how they
/// travel over MQTT; these are the shapes that bridges use. An event is where the vehicle was a moment ago.
/// </summary>
internal sealed class VssDialect(Registry registry) : IDialect
{
    /// <summary>What all paths begin with.</summary>
    public const string Root = "Vehicle.";

    private const string TopicRoot = "vss/";
    private const int MaxPath = 128;
    private readonly Fleet _fleet = new(registry);

    public bool Recognises(ReadOnlySpan<char> topic) => topic.StartsWith(TopicRoot);

    public Decoded Decode(in InboundMessage message)
    {
        var path = message.Topic.AsSpan(TopicRoot.Length);
        var id = TopicRules.Level(ref path);
        var payload = message.Payload.Span;
        var report = new VssReport(payload);
        if (path.StartsWith("Vehicle/"))
        {
            var signal = SignalAt(path[Root.Length..]);
            if (IsWord(payload))
                return signal is null ? Decoded.Ambient : Take(_fleet.Find(id), payload, [new VssValue(signal, Range.All, null)], message);
            report.ReadOne(signal);
        }
        else
        {
            report.ReadAll();
        }

        if (!report.HasSignals)
            return Decoded.Reject(Reasons.BadShape, "no signal of a vehicle");
        return report.Values is { } values ? Take(_fleet.Find(id), payload, CollectionsMarshal.AsSpan(values), message) : Decoded.Ambient;
    }

    private static Decoded Take(VssVehicle vehicle, ReadOnlySpan<byte> payload, ReadOnlySpan<VssValue> values, in InboundMessage message)
    {
        lock (vehicle.Gate)
        {
            foreach (var value in values)
            {
                if (value.Signal.Location != VssLocation.None && VssSignal.Number(payload[value.Text]) is { } number)
                    vehicle.Locate(value.Signal.Location, number, message.ReceivedAt);
            }

            if (vehicle.PlaceAt(message.ReceivedAt) is { } place)
                return place.IsValid ? Weigh(vehicle, payload, values, message) : Decoded.Reject(Reasons.BadPlace);
            foreach (var value in values)
            {
                if (value.Signal.Location == VssLocation.None && value.Signal.Says(payload[value.Text]) is true)
                    return Decoded.Reject(Reasons.NoPlace, "no position of the vehicle in the last 30 s");
            }

            return Weigh(vehicle, payload, values, message);
        }
    }

    private static Decoded Weigh(VssVehicle vehicle, ReadOnlySpan<byte> payload, ReadOnlySpan<VssValue> values, in InboundMessage message)
    {
        var place = vehicle.PlaceAt(message.ReceivedAt);
        List<Signal>? signals = null;
        foreach (var value in values)
        {
            if (value.Signal.Location != VssLocation.None || value.Signal.Says(payload[value.Text]) is not { } isSo)
                continue;
            var observedAt = value.At.Believed(message.ReceivedAt);
            var isOfUnknownAge = message.Retain && observedAt is null;
            if ((isOfUnknownAge && !value.Signal.Ends) || (isSo ? place : vehicle.Said(value.Signal.Kind)) is not { } at)
                continue;
            (signals ??= []).Add(new Signal
            {
                Source = vehicle.Source,
                Kind = value.Signal.Kind,
                Active = isSo,
                Place = at,
                ObservedAt = observedAt ?? message.ReceivedAt,
                ReceivedAt = message.ReceivedAt,
                SinceUnknown = isOfUnknownAge,
            });
            if (value.Signal.Ends)
                vehicle.Say(value.Signal.Kind, isSo ? at : null);
        }

        return signals is null ? Decoded.Ambient : new Decoded { Signals = signals, Delivery = new VssEnds(vehicle, signals) };
    }

    private static VssSignal? SignalAt(ReadOnlySpan<char> levels)
    {
        Span<char> path = stackalloc char[MaxPath];
        if (levels.Length > path.Length)
            return null;
        path = path[..levels.Length];
        levels.Replace(path, '/', '.');
        return VssSignal.Find(path);
    }

    /// <summary>Whether a payload is a state's name without quotes, as command-line clients send it.</summary>
    private static bool IsWord(ReadOnlySpan<byte> payload) => !payload.IsEmpty && payload.IndexOfAnyExceptInRange((byte)'A', (byte)'Z') < 0;
}
