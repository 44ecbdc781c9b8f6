using System.Buffers;
using System.Text.Json;

namespace CivicSignals.Benchmarks.Load;

/// <summary>
/// 10,000 smoke alarms in 10,000 homes, ten in each of 1,000 areas, as their zigbee2mqtt publishes them: of a cycle of
/// messages (40) all but two are readings, two are edges of <c>smoke</c>. Besides, homes in areas of their own that alarm on demand. Each server needs its own: alarms remember where they stand.
/// </summary>
internal sealed class Workload(int cycle = Workload.Cycle)
{
    public const int Areas = 1000;
    public const int HomesPerArea = 10;
    public const int MarkerHomes = 200;

    private const int Cycle = 40;

    private readonly SmokeAlarm[] _alarms =
        [.. Enumerable.Range(0, Areas * HomesPerArea).Select(n => new SmokeAlarm($"bench-{n}", Scatter(n), cycle))];

    public IReadOnlyList<MarkerHome> Markers { get; } =
        [.. Enumerable.Range(0, MarkerHomes).Select(n => new MarkerHome($"marker-{n}", AreaGrid.Place(Areas + n, 0.5, 0.5)))];

    /// <summary>What every gateway says first: its devices and their state.</summary>
    public IEnumerable<PublishPacket> Announcements =>
        _alarms.SelectMany(alarm => alarm.Announcements).Concat(Markers.SelectMany(marker => marker.Announcements));

    /// <summary>Shares the alarms out; each share goes round its own for ever.</summary>
    public IReadOnlyList<Share> Split(int shares) =>
        [.. Enumerable.Range(0, shares).Select(n => new Share([.. _alarms.Where((_, i) => i % shares == n)]))];

    /// <summary>The registry file that knows all homes.</summary>
    public static byte[] RegistryJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("premises");
            for (var n = 0; n < Areas * HomesPerArea; n++)
            {
                var spot = n % HomesPerArea;
                var (lat, lon) = AreaGrid.Place(n / HomesPerArea, 0.15 + (spot % 4 * 0.23), 0.2 + (spot / 4 * 0.3));
                Write(json, $"bench-{n}", lat, lon);
            }

            for (var n = 0; n < MarkerHomes; n++)
            {
                var (lat, lon) = AreaGrid.Place(Areas + n, 0.5, 0.5);
                Write(json, $"marker-{n}", lat, lon);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    // However the alarms are shared out, those of one connection must not all be at the same point of their cycle.
    private static int Scatter(int n) => (int)(((uint)n * 2654435769u) >> 16);

    private static void Write(Utf8JsonWriter json, string gateway, double lat, double lon)
    {
        json.WriteStartObject();
        json.WriteString("id", $"home-{gateway}");
        json.WriteString("gateway", gateway);
        json.WriteString("secret", $"secret-of-{gateway}");
        json.WriteNumber("lat", lat);
        json.WriteNumber("lon", lon);
        json.WriteString("kind", "dwelling");
        json.WriteEndObject();
    }

    /// <summary>One connection's alarms.</summary>
    internal sealed class Share(SmokeAlarm[] alarms)
    {
        private int _next;

        public PublishPacket Next()
        {
            var alarm = alarms[_next];
            _next = _next + 1 == alarms.Length ? 0 : _next + 1;
            return alarm.Next();
        }
    }
}
