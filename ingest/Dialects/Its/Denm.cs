using System.Globalization;
using System.Text.Json;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Signals;

namespace CivicSignals.Ingest.Dialects.Its;

/// <summary>
/// The fields of a DENM in JSON, looked for where each generation of its-client (1.1 to 2.3) and the standard's own ASN.1 names
/// (<c>eventPosition</c>) keep them; versions are not asked.
/// </summary>
internal readonly struct Denm
{
    private const double DefaultUncertaintyM = 15;
    private const double DegreesPerUnit = 1e-7;
    private const long AxisOutOfRange = 4094;
    private const double OutOfRangeM = 60;

    private readonly JsonElement? _management;
    private readonly JsonElement? _situation;

    private Denm(JsonElement? body, JsonElement? management) =>
        (_management, _situation) = (management, body.Member("situation_container") ?? body.Member("situation"));

    /// <summary>How it ends its event; null: it does not.</summary>
    public DenmEnd? End => _management.Member("termination") switch
    {
        { ValueKind: JsonValueKind.String } word => word.ValueEquals("isNegation") ? DenmEnd.Negation : DenmEnd.Cancellation,
        { } termination => ((JsonElement?)termination).WholeOrValue() switch { null => null, 1 => DenmEnd.Negation, _ => DenmEnd.Cancellation },
        null => null,
    };

    /// <summary>The event's identity, also where others speak of it; null when there is none.</summary>
    public string? Event
    {
        get
        {
            var action = _management.Member("action_id") ?? _management.Member("actionID");
            return (action.Member("originating_station_id") ?? action.Member("originatingStationID")).Whole() is { } station
                && (action.Member("sequence_number") ?? action.Member("sequenceNumber")).Whole() is { } sequence ? $"{station}/{sequence}" : null;
        }
    }

    /// <summary>ETSI milliseconds, or null.</summary>
    public long? DetectedAt => (_management.Member("detection_time") ?? _management.Member("detectionTime")).WholeOrValue();

    /// <summary>Seconds, or null.</summary>
    public long? ValiditySeconds => (_management.Member("validity_duration") ?? _management.Member("validityDuration")).WholeOrValue();

    /// <summary>The kinds that its cause stands for; null when it gives no cause: what ends an event need not.</summary>
    public IReadOnlyList<string>? Kinds
    {
        get
        {
            var type = _situation.Member("event_type") ?? _situation.Member("eventType");
            if ((type.Member("cause") ?? type.Member("causeCode")).WholeOrValue() is { } cause)
                return Causes.Embedded.KindsOf(cause, (type.Member("subcause") ?? type.Member("subCauseCode")).WholeOrValue() ?? 0);
            return type.Member("ccAndScc") is { ValueKind: JsonValueKind.Object } choice ? OfChoice(choice) : null;
        }
    }

    /// <summary>Finds the DENM in a payload.</summary>
    public static bool TryFind(JsonElement root, out Denm denm)
    {
        foreach (var body in (ReadOnlySpan<JsonElement?>)[root.Member("message"), root.Member("denm"), root.Member("fields").Member("denm")])
        {
            if ((body.Member("management_container") ?? body.Member("management")) is not { } management)
                continue;
            denm = new Denm(body, management);
            return true;
        }

        denm = default;
        return false;
    }

    /// <summary>Reads the event's place; else <paramref name="reason"/> says why not.</summary>
    public bool TryPlace(out Place place, out string reason)
    {
        place = default;
        var position = _management.Member("event_position") ?? _management.Member("eventPosition");
        if (position.Member("latitude").WholeOrValue() is not { } lat || position.Member("longitude").WholeOrValue() is not { } lon)
        {
            reason = Reasons.NoPlace;
            return false;
        }

        place = new Place(lat * DegreesPerUnit, lon * DegreesPerUnit, UncertaintyOf(position));
        reason = Reasons.BadPlace; // Where it is unknown, senders write 90.0000001 and 180.0000001.
        return place.IsValid;
    }

    /// <summary>The metres that half an ellipse's longer axis, in centimetres, stands for.</summary>
    public static double UncertaintyM(long? axis) => axis switch
    {
        > 0 and < AxisOutOfRange => Math.Max(1, axis.Value / 100.0),
        AxisOutOfRange => OutOfRangeM,
        _ => DefaultUncertaintyM,
    };

    private double UncertaintyOf(JsonElement? position)
    {
        var ellipse = position.Member("position_confidence_ellipse")
            ?? position.Member("positionConfidenceEllipse")
            ?? (position.Member("confidence") ?? _management.Member("confidence")).Member("position_confidence_ellipse");
        var axis = ellipse.Member("semi_major") ?? ellipse.Member("semi_major_confidence") ?? ellipse.Member("semiMajorConfidence") ?? ellipse.Member("semiMajorAxisLength");
        return UncertaintyM(axis.Whole());
    }

    /// <summary>Release 2 names the cause with its number at the end and gives it the sub-cause: <c>{"accident2":5}</c>.</summary>
    private static IReadOnlyList<string>? OfChoice(JsonElement choice)
    {
        foreach (var member in choice.EnumerateObject())
        {
            var digits = member.Name.AsSpan()[member.Name.AsSpan().TrimEnd("0123456789").Length..];
            if (int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var cause))
                return Causes.Embedded.KindsOf(cause, ((JsonElement?)member.Value).Whole() ?? 0);
        }

        return null;
    }
}

/// <summary>How a DENM ends an event.</summary>
internal enum DenmEnd
{
    /// <summary>Whoever said it takes it back.</summary>
    Cancellation,

    /// <summary>Another says that it is not so, or no longer.</summary>
    Negation,
}
