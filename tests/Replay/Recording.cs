using System.Globalization;
using System.Text;
using System.Text.Json;
using CivicSignals.Silo.Demo;
using CivicSignals.Silo.Replay;

namespace CivicSignals.Tests.Replay;

/// <summary>A recording that is written line by line and then replayed. Three homes: gw1 and gw2 next door, gw3 far away.</summary>
internal sealed class Recording : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 1, 10, 8, 0, 0, TimeSpan.Zero);

    private const string Registry = """
        {"premises":[
          {"id":"p1","gateway":"gw1","lat":53.0466,"lon":-2.9925,"consents":["fire","police","ambulance","public"]},
          {"id":"p2","gateway":"gw2","lat":53.0467,"lon":-2.9924,"consents":["fire","police","ambulance","public"]},
          {"id":"p3","gateway":"gw3","lat":53.2,"lon":-2.5,"consents":["fire"]}],
         "vehicles":[{"id":"v1"},{"id":"v2"},{"id":"v3"}]}
        """;

    private const string Neighbourhoods = """
        {"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"Acton"},"geometry":
          {"type":"Polygon","coordinates":[[[-3.0,53.04],[-2.98,53.04],[-2.98,53.06],[-3.0,53.06],[-3.0,53.04]]]}}]}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("recording-").FullName;
    private readonly StringBuilder _lines = new();

    /// <summary>Path of a file beside the recording.</summary>
    public string File(string name) => Path.Combine(_folder, name);

    public Recording Line(string line)
    {
        _lines.Append(line).Append('\n');
        return this;
    }

    /// <summary>A message; its payload as JSON.</summary>
    public Recording Mqtt(double minute, string topic, string payload, bool retain = false) =>
        Line($$"""{"at":"{{At(minute)}}","via":"mqtt","topic":"{{topic}}","retain":{{(retain ? "true" : "false")}},"payload":{{payload}}}""");

    /// <summary>A home's smoke alarm (<c>0xa</c>) and heat alarm (<c>0xb</c>), described.</summary>
    public Recording Describe(double minute, string gateway) => Mqtt(
        minute,
        $"homes/{gateway}/z2m/bridge/devices",
        $"[{Description("0xa", "hall smoke", DeviceCatalogue.Smoke.Model)},{Description("0xb", "kitchen heat", DeviceCatalogue.Heat.Model)}]",
        retain: true);

    public Recording Smoke(double minute, string gateway, bool active = true) =>
        Mqtt(minute, $"homes/{gateway}/z2m/hall smoke", $$"""{"battery":97,"smoke":{{(active ? "true" : "false")}}}""");

    public Recording Heat(double minute, string gateway) => Mqtt(minute, $"homes/{gateway}/z2m/kitchen heat", """{"battery":100,"smoke":true}""");

    public Recording Crash(double minute, string vehicle, bool ends = false, int validFor = 60)
    {
        var denm = new Denm(new Vehicle(vehicle, (uint)vehicle[1]), 1, 2, 0, 53.05, -2.99, Start.AddMinutes(minute), validFor * 60);
        return Mqtt(minute, denm.Topic, Encoding.UTF8.GetString(denm.Payload(Start.AddMinutes(minute), ends).Span));
    }

    public Recording Operator(double minute, string action, double lat = 53.0466, double lon = -2.9925, string hazard = "Fire") => Line(string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"at":"{{At(minute)}}","via":"operator","action":"{{action}}","near":{"lat":{{lat}},"lon":{{lon}},"hazard":"{{hazard}}"},"user":"u1"}"""));

    public Recording Report(double minute, string report) => Line($$"""{"at":"{{At(minute)}}","via":"report","report":{{report}}}""");

    public Recording Tick(double minute) => Line($$"""{"at":"{{At(minute)}}","via":"tick"}""");

    /// <summary>Replays, and returns what is printed, exactly.</summary>
    public async Task<string> TextAsync(params string[] options)
    {
        System.IO.File.WriteAllText(File("recording.jsonl"), _lines.ToString());
        System.IO.File.WriteAllText(File("registry.json"), Registry);
        System.IO.File.WriteAllText(File("neighbourhoods.geojson"), Neighbourhoods);
        using var output = new StringWriter();
        string[] arguments = [File("recording.jsonl"), "--registry", File("registry.json"), "--neighbourhoods", File("neighbourhoods.geojson"), .. options];
        Assert.Equal(0, await new ReplayVerb().RunAsync(arguments, output));
        return output.ToString();
    }

    /// <summary>Replays, and returns the lines.</summary>
    public async Task<List<JsonElement>> PlayAsync(params string[] options) =>
        [.. (await TextAsync(options)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string At(double minute) => Start.AddMinutes(minute).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string Description(string address, string name, string model) => $$$"""
        {"ieee_address":"{{{address}}}","friendly_name":"{{{name}}}","type":"EndDevice","definition":{"model":"{{{model}}}",
          "exposes":[{"access":1,"name":"smoke","property":"smoke","type":"binary","value_on":true,"value_off":false}]}}
        """.ReplaceLineEndings("");
}
