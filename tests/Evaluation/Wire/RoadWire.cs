using CivicSignals.Evaluation.Town;

namespace CivicSignals.Evaluation.Wire;

/// <summary>What vehicles publish: ETSI DENMs in the JSON of Orange's its-client.</summary>
internal static class RoadWire
{
    private static readonly DateTimeOffset EtsiEpoch = new(2004, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A vehicle's message about an event.</summary>
    /// <param name="vehicle">Its number, from 1.</param>
    /// <param name="sequence">With the vehicle: the event's identity.</param>
    /// <param name="clock">What its clock shows.</param>
    public static string Denm(int vehicle, int sequence, int cause, int subCause, Point place, DateTimeOffset clock)
    {
        var etsi = (long)(clock - EtsiEpoch).TotalMilliseconds;
        var topic = $"civic/inQueue/v2x/denm/car-{vehicle}/{string.Join('/', Tiles.Name(place, 22).ToCharArray())}";
        return Json.Mqtt(topic, $$$$"""{"message_type":"denm","source_uuid":"car-{{{{vehicle}}}}","timestamp":{{{{clock.ToUnixTimeMilliseconds()}}}},"version":"2.2.0","message":{"protocol_version":2,"station_id":{{{{vehicle}}}},"management":{"action_id":{"originating_station_id":{{{{vehicle}}}},"sequence_number":{{{{sequence}}}}},"detection_time":{{{{etsi}}}},"reference_time":{{{{etsi}}}},"event_position":{"latitude":{{{{(long)Math.Round(place.Lat * 1e7)}}}},"longitude":{{{{(long)Math.Round(place.Lon * 1e7)}}}},"position_confidence_ellipse":{"semi_major":500,"semi_minor":300,"semi_major_orientation":0},"altitude":{"value":8500,"confidence":5}},"validity_duration":600,"station_type":5},"situation":{"event_type":{"cause":{{{{cause}}}},"subcause":{{{{subCause}}}}},"information_quality":4}}}""");
    }
}
