using System.Text.Json;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Signals;

namespace CivicSignals.Ingest.Dialects.Its;

/// <summary>
/// DENMs: a vehicle's event, its repeats and updates under one identity, and its end. What a vehicle takes back ends; what another says is over
/// only speaks against it, for anybody can name another's event.
/// </summary>
internal sealed class DenmDecoder
{
    private const string NothingHere = "road.nothing-here";
    private const long DefaultValidityS = 600;
    private const long MinValidityS = 60;
    private const long MaxValidityS = 86_400;

    private readonly EventKinds _events = new();

    /// <param name="root">The payload.</param>
    /// <param name="source">Who says so.</param>
    /// <param name="tile">Where its topic says that it is.</param>
    /// <param name="receivedAt">When it came.</param>
    public Decoded Decode(JsonElement root, string source, TopicTile tile, DateTimeOffset receivedAt)
    {
        if (!Denm.TryFind(root, out var denm) || denm.Event is not { } @event)
            return Decoded.Reject(Reasons.BadShape, "no action_id");
        if (!denm.TryPlace(out var place, out var reason))
            return Decoded.Reject(reason);
        if (!tile.MayHold(place))
            return Decoded.Reject(Reasons.PlaceMismatch, "the position is not in the topic's tile");

        var sentAt = EtsiTime.FromUnix(root.Member("timestamp").Whole()).Believed(receivedAt);
        var detectedAt = EtsiTime.FromEtsi(denm.DetectedAt, sentAt).Believed(receivedAt);
        var signal = new Signal
        {
            Source = source,
            Kind = "",
            Active = denm.End is null,
            Place = place,
            ObservedAt = sentAt ?? detectedAt ?? receivedAt,
            ReceivedAt = receivedAt,
            Event = @event,
            Group = $"denm {@event}", // Whoever passes another's message on has seen nothing himself.
        };
        return denm.End switch
        {
            null => Begin(signal with { ValidUntil = ValidUntil(denm, detectedAt ?? signal.ObservedAt) }, denm.Kinds ?? []),
            DenmEnd.Negation when _events.Of(source, @event).Count == 0 => Decoded.Of(signal with { Kind = NothingHere, Active = true }),
            _ => End(signal, denm.Kinds ?? []),
        };
    }

    private Decoded Begin(Signal signal, IReadOnlyList<string> kinds)
    {
        if (signal.ValidUntil <= signal.ReceivedAt)
            return Decoded.Ambient;
        foreach (var kind in kinds)
            _events.Add(signal.Source, signal.Event!, kind);
        return SignalsOf(signal, kinds);
    }

    private Decoded End(Signal signal, IReadOnlyList<string> kinds) => SignalsOf(signal, [.. _events.Of(signal.Source, signal.Event!).Union(kinds)]);

    private static Decoded SignalsOf(Signal signal, IReadOnlyList<string> kinds) => kinds.Count switch
    {
        0 => Decoded.Ambient,
        1 => Decoded.Of(signal with { Kind = kinds[0] }),
        _ => new Decoded { Signals = [.. kinds.Select(kind => signal with { Kind = kind })] },
    };

    private static DateTimeOffset ValidUntil(in Denm denm, DateTimeOffset from) =>
        from.AddSeconds(Math.Clamp(denm.ValiditySeconds ?? DefaultValidityS, MinValidityS, MaxValidityS));
}
