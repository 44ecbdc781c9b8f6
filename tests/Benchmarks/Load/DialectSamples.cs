using System.Globalization;

namespace CivicSignals.Benchmarks.Load;

/// <summary>Messages of one dialect as its devices send them.</summary>
/// <param name="Dialect">What people call it.</param>
/// <param name="Topic">Where its device speaks.</param>
/// <param name="Ordinary">Nothing happens.</param>
/// <param name="Alarm">It happens.</param>
/// <param name="Before">What is said first: descriptions of devices.</param>
internal sealed record DialectSample(string Dialect, string Topic, string Ordinary, string Alarm, params (string Topic, string Payload)[] Before);

/// <summary>One device of each dialect.</summary>
internal static class DialectSamples
{
    /// <summary>A registry for all of them.</summary>
    public static ReadOnlyMemory<byte> Registry { get; } =
        """{"premises":[{"id":"p1","gateway":"gw1","lat":53.0466,"lon":-2.9925}],"vehicles":[{"id":"v1"}],"sources":[{"id":"s1","lat":53.05,"lon":-2.99}]}"""u8.ToArray();

    public static IReadOnlyList<DialectSample> All { get; } =
    [
        new(
            "zigbee2mqtt",
            "homes/gw1/z2m/hall smoke",
            """{"battery":100,"linkquality":72,"smoke":false,"tamper":false,"test":false,"voltage":3015}""",
            """{"battery":100,"linkquality":72,"smoke":true,"tamper":false,"test":false,"voltage":3015}""",
            ("homes/gw1/z2m/bridge/devices", """
                [{"ieee_address":"0x00158d0003abcdef","friendly_name":"hall smoke","definition":{"model":"SD1","exposes":[
                {"type":"binary","property":"smoke","access":1,"value_on":true,"value_off":false}]}}]
                """)),
        new(
            "Home Assistant",
            "homes/gw1/home/leak/state",
            """{"water":"OFF"}""",
            """{"water":"ON"}""",
            ("homes/gw1/homeassistant/binary_sensor/leak/config", """{"stat_t":"home/leak/state","dev_cla":"smoke","val_tpl":"{{ value_json.water }}","uniq_id":"leak1"}""")),
        new(
            "statestream",
            "homes/gw1/homeassistant/binary_sensor/hall_smoke/state",
            "off",
            "on",
            ("homes/gw1/homeassistant/binary_sensor/hall_smoke/device_class", "\"smoke\"")),
        new(
            "Tasmota",
            "homes/gw1/tele/zb/SENSOR",
            """{"ZbReceived":{"0x8F20":{"Device":"0x8F20","Name":"Hall","Fire":0,"Endpoint":1,"LinkQuality":88}}}""",
            """{"ZbReceived":{"0x8F20":{"Device":"0x8F20","Name":"Hall","Fire":1,"Endpoint":1,"LinkQuality":88}}}"""),
        new(
            "Shelly Gen2",
            "homes/gw1/shellyplussmoke-a1b2c3d4e5f6/events/rpc",
            """{"src":"shellyplussmoke-a1b2c3d4e5f6","method":"NotifyStatus","params":{"ts":1631186545.04,"smoke:0":{"id":0,"alarm":false}}}""",
            """{"src":"shellyplussmoke-a1b2c3d4e5f6","method":"NotifyStatus","params":{"ts":1631186545.04,"smoke:0":{"id":0,"alarm":true}}}"""),
        new("Shelly Gen1", "homes/gw1/shellies/shellysmoke-1/sensor/smoke", "false", "true"),
        new(
            "ESPHome",
            "homes/gw1/kitchen/binary_sensor/smoke/state",
            "OFF",
            "ON"),
        new(
            "Homie",
            "homes/gw1/homie/5/dev1/smoke/detected",
            "false",
            "true",
            ("homes/gw1/homie/5/dev1/$description", """{"nodes":{"smoke":{"name":"Smoke","properties":{"detected":{"datatype":"boolean"}}}}}""")),
        new(
            "zwave-js-ui",
            "homes/gw1/zwave/Kitchen/Smoke/113/0/Smoke_Alarm/Sensor_status",
            """{"time":1548683523859,"value":0}""",
            """{"time":1548683523859,"value":2}"""),
        new(
            "rtl_433",
            "homes/gw1/rtl_433/pi/events",
            """{"time":"2026-01-05 08:38:19","model":"Cavius-Security","id":4711,"battery_ok":1,"text":"Battery low"}""",
            """{"time":"2026-01-05 08:38:19","model":"Cavius-Security","id":4711,"battery_ok":1,"text":"Fire alarm"}"""),
        new(
            "ChirpStack",
            "homes/gw1/application/1/device/a840410000000001/event/up",
            """{"deduplicationId":"3ac7e3c4","time":"2026-01-10T07:59:45Z","object":{"smoke":false,"battery":97}}""",
            """{"deduplicationId":"3ac7e3c4","time":"2026-01-10T07:59:45Z","object":{"smoke":true,"battery":97}}"""),
        new(
            "SCAIP",
            "homes/gw1/scaip",
            "<mrq><ref>1</ref><mty>PI</mty><cid>2342566343454</cid></mrq>",
            "<mrq><ref>1</ref><mty>ME</mty><cid>2342566343454</cid><dty>05</dty><did>00</did><stc>09</stc></mrq>"),
        new(
            "its-client DENM",
            "default/inQueue/v2x/denm/v1/0/3/1",
            Denm(91),
            Denm(2)),
        new(
            "its-client CAM",
            "default/inQueue/v2x/cam/v1/0/3/1/3",
            Cam("false"),
            Cam("true")),
        new(
            "OwnTracks",
            "owntracks/ana/phone",
            """{"_type":"location","lat":53.0466,"lon":-2.9925,"acc":13,"vel":42,"batt":89,"t":"u","tid":"an","tst":1768032000}""",
            """{"_type":"location","lat":53.0466,"lon":-2.9925,"acc":13,"vel":42,"batt":89,"t":"h","tid":"an","tst":1768032000}"""),
        new(
            "VSS",
            "vss/v1",
            """{"Vehicle.Speed":{"value":42.0,"timestamp":"2026-01-10T07:59:59Z"},"Vehicle.Safety.IsFire":{"value":false,"timestamp":"2026-01-10T07:59:59Z"}}""",
            """{"Vehicle.Speed":{"value":42.0,"timestamp":"2026-01-10T07:59:59Z"},"Vehicle.Safety.IsFire":{"value":true,"timestamp":"2026-01-10T07:59:59Z"}}""",
            ("vss/v1", """{"Vehicle.CurrentLocation.Latitude":53.0466,"Vehicle.CurrentLocation.Longitude":-2.9925}""")),
        new(
            "eCall MSD",
            "vehicles/v1/msd",
            "02251C0780E30A51439E2955D43800800437F80A3105669023F8A71166932185B004150043C040",
            "02251C0680E30A51439E2955D43800800437F80A3105669023F8A71166932185B004150043C040"),
        new(
            "platform JSON",
            "signals/s1",
            """{"kind":"fire.smoke","active":false}""",
            """{"kind":"fire.smoke","active":true}"""),
    ];

    private static string Cam(string brakes) =>
        """
        {"message_type":"cam","message_format":"json/raw","source_uuid":"v1","timestamp":1768032000000,"version":"2.4.0","message":{"protocol_version":2,"station_id":1,
        "generation_delta_time":28278,"basic_container":{"station_type":5,"reference_position":{"latitude":530466000,"longitude":-29925000,
        "position_confidence_ellipse":{"semi_major":300,"semi_minor":200,"semi_major_orientation":0},"altitude":{"value":8144,"confidence":5}}},
        "high_frequency_container":{"basic_vehicle_container_high_frequency":{"heading":{"value":3037,"confidence":2},"speed":{"value":1320,"confidence":5},
        "drive_direction":0,"longitudinal_acceleration":{"value":-80,"confidence":10},
        "acceleration_control":{"brake_pedal_engaged":true,"gas_pedal_engaged":false,"emergency_brake_engaged":BRAKES,"acc_engaged":false}}}}}
        """.Replace("BRAKES", brakes, StringComparison.Ordinal);

    private static string Denm(int cause) =>
        """
        {"source_uuid":"v1","timestamp":1768032000000,"message":{"management":{"action_id":{"originating_station_id":1,"sequence_number":2},
        "detection_time":695116800000,"event_position":{"latitude":530466000,"longitude":-29925000},"validity_duration":60},
        "situation":{"event_type":{"cause":CAUSE,"subcause":0}}}}
        """.Replace("CAUSE", cause.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
