using System.Text;
using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Tests.Ingest;

public sealed class FuzzTests
{
    private static readonly int Messages = FullSize.Or(200_000, full: 1_000_000);

    private static readonly (string Topic, string Payload)[] Seeds =
    [
        ("homes/gw1/z2m/hall smoke", """{"battery":100,"linkquality":72,"smoke":true,"tamper":false,"test":false,"device":{"a":[1,2.5e3,null]}}"""),
        ("homes/gw1/z2m/bridge/devices", """[{"ieee_address":"0x1","friendly_name":"hall smoke","definition":{"model":"X","exposes":[{"type":"binary","property":"smoke","access":1,"value_on":true,"value_off":false,"features":[{"type":"enum","property":"action"}]}]}}]"""),
        ("homes/gw1/z2m/bridge/state", """{"state":"online"}"""),
        ("homes/gw1/z2m/bridge/groups", """[{"id":1,"friendly_name":"all","members":[{"ieee_address":"0x1","endpoint":1}]}]"""),
        ("homes/gw1/z2m/bridge/event", """{"type":"device_leave","data":{"ieee_address":"0x1","friendly_name":"hall smoke"}}"""),
        ("homes/gw1/z2m/hall smoke/availability", """{"state":"offline"}"""),
        ("homes/gw1/z2m/hall smoke/smoke", "true"),
        ("homes/gw1/tele/zb/SENSOR", """{"ZbReceived":{"0x8F20":{"Device":"0x8F20","Name":"Hall smoke","Fire":1,"Tamper":1,"Endpoint":2,"LinkQuality":88}}}"""),
        ("homes/gw1/tele/zb/LWT", "Online"),
        ("homes/gw1/shellies/shellygas-1/sensor/gas", "heavy"),
        ("homes/gw1/shellies/shellymotionsensor-1/status", """{"motion":true,"vibration":false,"bat":80}"""),
        ("homes/gw1/shellyplussmoke-a1/online", "true"),
        ("homes/gw1/shellyplussmoke-a1/events/rpc", """{"src":"shellyplussmoke-a1","method":"NotifyStatus","params":{"ts":1768031990.5,"smoke:0":{"id":0,"alarm":true,"errors":["x"]},"devicepower:0":{"battery":{"percent":7}},"events":[{"component":"smoke:0","event":"alarm_test","data":{"address":"b4:35","window":1}}]}}"""),
        ("homes/gw1/me/rpc", """{"src":"shellyfloodg4-b2","result":{"flood:0":{"id":0,"alarm_mode":"rain","alarm":true}}}"""),
        ("homes/gw1/rtl_433/pi/events", """{"time":"2026-01-05T08:38:19Z","model":"Cavius-Security","id":4711,"battery_ok":1,"text":"Fire alarm"}"""),
        ("homes/gw1/application/1/device/a840410000000001/event/up", """{"deduplicationId":"3ac7e3c4","time":"2026-01-10T07:59:45.775023242+00:00","object":{"smoke":true,"sos":1,"test":false}}"""),
        ("homes/gw1/v3/flats@council/devices/hall/up", """{"received_at":"2026-01-10T07:59:55Z","uplink_message":{"f_cnt":7,"decoded_payload":{"water_leak":true,"panic":true}}}"""),
        ("homes/gw1/scaip", "<mrq><ref>1</ref><mty>ME</mty><cid>2342566343454</cid><dty>05</dty><did>00</did><stc>09</stc></mrq>"),
        ("homes/gw1/zwave/Kitchen/Smoke/113/0/Smoke_Alarm/Sensor_status", """{"time":1768032000000,"value":2,"states":[{"text":"idle","value":0}]}"""),
        ("homes/gw1/zwave/Hall/Door/notification/endpoint_0/Access_Control/Door_state", "22"),
        ("homes/gw1/zwave/_CLIENTS/ZWAVE_GATEWAY-home/status", """{"value":true,"time":1768032000000}"""),
        ("homes/gw1/homie/5/dev1/$description", """{"nodes":{"smoke":{"name":"Smoke","properties":{"detected":{"datatype":"boolean"}}}}}"""),
        ("homes/gw1/homie/5/dev1/smoke/detected", "true"),
        ("homes/gw1/homie/dev2/alarm/detected/$datatype", "boolean"),
        ("homes/gw1/homie/dev2/$state", "ready"),
        ("homes/gw1/homeassistant/binary_sensor/kitchen/leak/config", """{"~":"esp","stat_t":"~/state","dev_cla":"moisture","val_tpl":"{{ 'ON' if value_json.a | int > 1 else 'OFF' }}","avty":[{"t":"~/status"}]}"""),
        ("homes/gw1/homeassistant/device/d/config", """{"dev":{"ids":"d"},"o":{"name":"o"},"stat_t":"esp/state","cmps":{"c":{"p":"binary_sensor","dev_cla":"smoke","val_tpl":"{% if value_json.s == 'x' %}ON{% else %}OFF{% endif %}"}}}"""),
        ("homes/gw1/esp/state", """{"a":2,"s":"x"}"""),
        ("homes/gw1/hass/binary_sensor/smoke/device_class", "\"smoke\""),
        ("homes/gw1/hass/binary_sensor/smoke/state", "on"),
        ("homes/gw1/kitchen/binary_sensor/smoke/state", "ON"),
        ("signals/s1", """{"id":"1","kind":"fire.smoke","active":true,"observedAt":"2026-01-10T08:01:02Z","lat":53.0466,"lon":-2.9925,"uncertaintyM":15}"""),
        ("signals/s1", """{"specversion":"1.0","id":"1","time":"2026-01-10T08:01:02Z","data":{"kind":"gas.co"}}"""),
        ("vehicles/v1/x", """{"kind":"crash.accident","lat":53,"lon":-3}"""),
        ("ns/inQueue/v2x/denm/v1/0/1", """{"source_uuid":"v1","timestamp":1768032000000,"message":{"management":{"action_id":{"originating_station_id":1,"sequence_number":2},"detection_time":695116800000,"termination":0,"event_position":{"latitude":530466000,"longitude":-29925000,"position_confidence_ellipse":{"semi_major":10}},"validity_duration":60},"situation":{"event_type":{"cause":2,"subcause":0}}}}"""),
        ("ns/inQueue/v2x/denm/v1/0/3/1/3", """{"source_uuid":"v1","timestamp":1768032000000,"message":{"management_container":{"action_id":{"originating_station_id":1,"sequence_number":3},"event_position":{"latitude":{"value":530466000},"longitude":{"value":-29925000},"confidence":{"position_confidence_ellipse":{"semi_major_confidence":4095}}}},"situation_container":{"event_type":{"cause":94,"subcause":5}}}}"""),
        ("vehicles/v1/denm", """{"denm":{"management":{"actionID":{"originatingStationID":7,"sequenceNumber":3},"detectionTime":695116800000,"termination":"isNegation","eventPosition":{"latitude":530466000,"longitude":-29925000}},"situation":{"eventType":{"ccAndScc":{"accident2":5}}}}}"""),
        ("ns/inQueue/v2x/cam/v1/0/3/1/3/1/1", """{"message_type":"cam","message_format":"json/raw","source_uuid":"v1","timestamp":1768032000000,"path":[{"position":{"latitude":1}}],"message":{"basic_container":{"reference_position":{"latitude":530466000,"longitude":-29925000,"position_confidence_ellipse":{"semi_major":300}}},"high_frequency_container":{"basic_vehicle_container_high_frequency":{"acceleration_control":{"emergency_brake_engaged":true}}}}}"""),
        ("ns/inQueue/v2x/cam/v1", """{"source_uuid":"v1","timestamp":1768032000000,"message":{"basic_container":{"reference_position":{"latitude":530466000,"longitude":-29925000}},"high_frequency_container":{"acceleration_control":"0010000"}}}"""),
        ("owntracks/ana/phone", """{"_type":"location","lat":53.0466,"lon":-2.9925,"acc":13,"t":"h","tst":1768032000,"inregions":["home"]}"""),
        ("owntracks/ana/phone", """{"_type":"encrypted","data":"q6QMbRmq"}"""),
        ("vss/v1", """{"Vehicle.CurrentLocation.Latitude":{"value":53.0466},"Vehicle.CurrentLocation.Longitude":-2.9925,"Vehicle.Safety.IsFire":{"value":true,"timestamp":"2026-01-10T07:59:59Z"}}"""),
        ("vss/v1", """{"action":"subscription","data":[{"path":"Vehicle.ADAS.EBA.IsEngaged","dp":[{"value":"true","ts":"2026-01-10T07:59:59Z"},{"value":"false"}]}],"ts":"x"}"""),
        ("vss/v1/Vehicle/ADAS/ESC/RoadFriction/MostProbable", "12.5"),
        ("vss/v1/Vehicle/Safety/Rollover", "DETECTED"),
        ("vehicles/v1/msd", "015C0681D54970D65C3597CA0420C41464583ADE68AC52E9BB8413F149C07414FB414F6010180813E82181823230"),
        ("vehicles/v1/msd", "02251C0680E30A51439E2955D43800800437F80A3105669023F8A71166932185B004150043C040"),
    ];

    /// <summary>Seeds that are no text: eCalls of each version.</summary>
    private static readonly byte[][] Binary = [MsdBits.Of(1), MsdBits.Of(2, automatic: true), MsdBits.Of(3), MsdBits.Of(1, extended: true), MsdBits.Of(3, extended: true)];

    [Fact]
    public async Task AcceptAsync_MutatedMessages_NeverThrowAndAllAreCounted()
    {
        await using var bench = new IngestBench();
        var random = new Random(20260110);
        var ofVehicles = 0;
        for (var i = 0; i < Messages; i++)
        {
            var (topic, seed) = Seed(random);
            var message = bench.Message(
                random.Next(4) == 0 ? MutateTopic(topic, random) : topic,
                MutatePayload(seed, random),
                retain: random.Next(8) == 0,
                sender: random.Next(8) == 0 ? "gw1" : null);
            await bench.Pipeline.AcceptAsync(message);
            ofVehicles += IsOfAVehicle(message.Topic) ? 1 : 0;
            if (i % 1000 == 0)
                bench.Areas.Offers.Clear();
        }

        var totals = bench.Account.Read();
        Assert.Equal(Messages, totals.Received);
        Assert.Equal(0, totals.InFlight);
        Assert.Equal(0, totals.Failed);
        Assert.DoesNotContain(Reasons.DecoderFault, totals.RejectedByReason.Keys);
        Assert.True(ofVehicles >= Messages / 4, $"{ofVehicles} of vehicles");
        Assert.True(totals.Evidence > Messages / 10 && totals.Rejected > Messages / 10, totals.ToString());
    }

    private static bool IsOfAVehicle(string topic) =>
        topic.Contains("/inQueue/v2x/", StringComparison.Ordinal) || topic.StartsWith("vehicles/", StringComparison.Ordinal)
        || topic.StartsWith("vss/", StringComparison.Ordinal) || topic.StartsWith("owntracks/", StringComparison.Ordinal);

    private static (string Topic, byte[] Payload) Seed(Random random)
    {
        var at = random.Next(Seeds.Length + Binary.Length);
        return at < Seeds.Length ? (Seeds[at].Topic, Encoding.UTF8.GetBytes(Seeds[at].Payload)) : ("vehicles/v1/msd", Binary[at - Seeds.Length]);
    }

    private static string MutateTopic(string topic, Random random)
    {
        var at = random.Next(topic.Length);
        return random.Next(5) switch
        {
            0 => topic[..at],
            1 => topic[..at] + (char)random.Next(0x10000) + topic[at..],
            2 => topic[..at] + "/" + topic[at..],
            3 => topic[..at] + "+#\0/"[random.Next(4)] + topic[(at + 1)..],
            _ => string.Concat(Enumerable.Repeat(topic + "/", random.Next(1, 20))),
        };
    }

    private static byte[] MutatePayload(byte[] payload, Random random)
    {
        for (var n = random.Next(4); n > 0 && payload.Length > 0; n--)
        {
            var at = random.Next(payload.Length);
            switch (random.Next(6))
            {
                case 0: payload = payload[..at]; break;
                case 1: payload[at] = (byte)random.Next(256); break;
                case 2: payload[at] = "{}[]\",:\\0-9etfn"u8.ToArray()[random.Next(14)]; break;
                case 3: payload = [.. payload[..at], .. payload[random.Next(payload.Length)..]]; break;
                case 4: payload = [.. payload[..at], .. "\\ud800"u8, .. payload[at..]]; break;
                default: payload = [.. payload[..at], .. Enumerable.Repeat((byte)'[', random.Next(80)), .. payload[at..]]; break;
            }
        }

        return payload;
    }
}
