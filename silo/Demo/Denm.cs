using System.Buffers;
using System.Text.Json;
using CivicSignals.Areas;

namespace CivicSignals.Silo.Demo;

/// <summary>A vehicle's hazard message as Orange's its-client publishes it (JSON schema 2.2.0 or 2.3.0).</summary>
/// <param name="Vehicle">Who reports.</param>
/// <param name="Sequence">With the vehicle's station: the event's identity.</param>
/// <param name="Cause">ETSI cause code: 2 accident, 94 stationary vehicle, 99 dangerous situation.</param>
/// <param name="SubCause">ETSI sub-cause code.</param>
/// <param name="Lat">Degrees.</param>
/// <param name="Lon">Degrees.</param>
/// <param name="DetectedAt">When the event was detected.</param>
/// <param name="ValiditySeconds">After so many seconds from then it says nothing any more.</param>
public sealed record Denm(
    Vehicle Vehicle,
    ushort Sequence,
    int Cause,
    int SubCause,
    double Lat,
    double Lon,
    DateTimeOffset DetectedAt,
    int ValiditySeconds)
{
    private const int ReportZoom = 22;

    // its-client's Java, Rust and Swift count from here without leap seconds; its Python with them.
    private static readonly DateTimeOffset EtsiEpoch = new(2004, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Where it is published: the quadkey of its place, one digit a level.</summary>
    public string Topic => $"civic/inQueue/v2x/denm/{Vehicle.Id}/{string.Join('/', Quadkey.At(Lat, Lon, ReportZoom).ToCharArray())}";

    /// <summary>The message as sent at a moment.</summary>
    /// <param name="at">The moment.</param>
    /// <param name="ends">True: the vehicle says that its event is over.</param>
    public ReadOnlyMemory<byte> Payload(DateTimeOffset at, bool ends)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("message_type", "denm");
            json.WriteString("source_uuid", Vehicle.Id);
            json.WriteNumber("timestamp", at.ToUnixTimeMilliseconds());
            json.WriteString("version", Vehicle.Station % 2 == 0 ? "2.2.0" : "2.3.0");
            json.WriteStartObject("message");
            json.WriteNumber("protocol_version", 2);
            json.WriteNumber("station_id", Vehicle.Station);
            WriteManagement(json, at, ends);
            WriteSituation(json);
            WriteLocation(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static long Etsi(DateTimeOffset at) => (long)(at - EtsiEpoch).TotalMilliseconds;

    private void WriteManagement(Utf8JsonWriter json, DateTimeOffset at, bool ends)
    {
        json.WriteStartObject("management");
        json.WriteStartObject("action_id");
        json.WriteNumber("originating_station_id", Vehicle.Station);
        json.WriteNumber("sequence_number", Sequence);
        json.WriteEndObject();
        json.WriteNumber("detection_time", Etsi(DetectedAt));
        json.WriteNumber("reference_time", Etsi(at));
        if (ends)
            json.WriteNumber("termination", 0);
        json.WriteStartObject("event_position");
        json.WriteNumber("latitude", (long)Math.Round(Lat * 1e7));
        json.WriteNumber("longitude", (long)Math.Round(Lon * 1e7));
        json.WriteStartObject("position_confidence_ellipse");
        json.WriteNumber("semi_major", 500);
        json.WriteNumber("semi_minor", 300);
        json.WriteNumber("semi_major_orientation", 0);
        json.WriteEndObject();
        WriteMeasured(json, "altitude", 8500, 5);
        json.WriteEndObject();
        json.WriteNumber("awareness_distance", 4);
        json.WriteNumber("traffic_direction", 0);
        json.WriteNumber("validity_duration", ValiditySeconds);
        json.WriteNumber("transmission_interval", 5000);
        json.WriteNumber("station_type", 5);
        json.WriteEndObject();
    }

    private void WriteSituation(Utf8JsonWriter json)
    {
        json.WriteStartObject("situation");
        json.WriteNumber("information_quality", 4);
        json.WriteStartObject("event_type");
        json.WriteNumber("cause", Cause);
        json.WriteNumber("subcause", SubCause);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteLocation(Utf8JsonWriter json)
    {
        json.WriteStartObject("location");
        WriteMeasured(json, "event_speed", 0, 10);
        WriteMeasured(json, "event_position_heading", 1800, 10);
        json.WriteEndObject();
    }

    private static void WriteMeasured(Utf8JsonWriter json, string name, int value, int confidence)
    {
        json.WriteStartObject(name);
        json.WriteNumber("value", value);
        json.WriteNumber("confidence", confidence);
        json.WriteEndObject();
    }
}
