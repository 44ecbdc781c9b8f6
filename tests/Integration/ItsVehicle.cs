using System.Globalization;
using System.Text;
using CivicSignals.Areas;

namespace CivicSignals.Tests.Integration;

/// <summary>A vehicle with Orange's its-client: its DENMs (JSON schema 2.2.0) as it publishes them.</summary>
internal sealed class ItsVehicle(MqttGuest mqtt, string vehicle, uint station)
{
    private const long EtsiEpochMs = 1_072_915_200_000;

    /// <summary>An accident (cause 2), or its end.</summary>
    public Task AccidentAsync(double lat, double lon, bool ends = false)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var termination = ends ? "\"termination\":0," : "";
        var denm = string.Create(CultureInfo.InvariantCulture, $$$"""
            {"message_type":"denm","source_uuid":"{{{vehicle}}}","timestamp":{{{now}}},"version":"2.2.0","message":{"protocol_version":2,"station_id":{{{station}}},
             "management":{"action_id":{"originating_station_id":{{{station}}},"sequence_number":7},"detection_time":{{{now - EtsiEpochMs}}},"reference_time":{{{now - EtsiEpochMs}}},{{{termination}}}
              "event_position":{"latitude":{{{(long)(lat * 1e7)}}},"longitude":{{{(long)(lon * 1e7)}}},"position_confidence_ellipse":{"semi_major":500,"semi_minor":300,"semi_major_orientation":0},"altitude":{"value":8500,"confidence":5} },
              "awareness_distance":4,"traffic_direction":0,"validity_duration":600,"transmission_interval":5000,"station_type":5},
             "situation":{"information_quality":4,"event_type":{"cause":2,"subcause":0} },
             "location":{"event_speed":{"value":0,"confidence":10},"event_position_heading":{"value":1800,"confidence":10} } } }
            """);
        return mqtt.SendAsync($"5GCroCo/inQueue/v2x/denm/{vehicle}/{string.Join('/', Quadkey.At(lat, lon, 22).ToCharArray())}", Encoding.UTF8.GetBytes(denm));
    }
}
