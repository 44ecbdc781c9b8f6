using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CivicSignals.Areas;
using CivicSignals.Signals;
using CivicSignals.Silo.Demo;
using CivicSignals.Silo.Replay;

namespace CivicSignals.Tests.Attacks;

/// <summary>
/// A town that is attacked: homes, streets, vehicles, people. What happens is told in any order and played by its time, through the real decoders,
/// gazetteer, areas, regions and ledger. Places are metres north and east of its middle.
/// </summary>
internal sealed class AttackTown : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 1, 10, 8, 0, 0, TimeSpan.Zero);

    /// <summary>In the middle of a tile and of Elm Road.</summary>
    public static readonly Place InATile = Quadkey.Centre(Quadkey.At(53.0466, -2.9925, Quadkey.DefaultZoom));

    /// <summary>Where four tiles meet.</summary>
    public static readonly Place AtACorner = Corner(InATile);

    private readonly string _folder = Directory.CreateTempSubdirectory("attack-").FullName;
    private readonly List<(double Minute, JsonObject Line)> _lines = [];
    private readonly JsonArray _premises = [];
    private readonly Place _middle;

    public AttackTown(Place? middle = null) => _middle = middle ?? InATile;

    /// <summary>A home whose gateway has told what it has: a smoke alarm and what else is given.</summary>
    /// <param name="gateway">Also the premises' id.</param>
    /// <param name="north">Metres.</param>
    /// <param name="east">Metres.</param>
    /// <param name="devices">Beside the smoke alarm.</param>
    public AttackTown Home(string gateway, double north = 0, double east = 0, params ReadOnlySpan<DeviceModel> devices)
    {
        var (lat, lon) = At(north, east);
        _premises.Add(new JsonObject
        {
            ["id"] = gateway,
            ["gateway"] = gateway,
            ["lat"] = lat,
            ["lon"] = lon,
            ["consents"] = new JsonArray("fire", "police", "ambulance", "council", "public"),
        });
        var described = new JsonArray();
        foreach (var device in (ReadOnlySpan<DeviceModel>)[DeviceCatalogue.Smoke, .. devices])
            described.Add(Describe(device));
        Mqtt(0, $"homes/{gateway}/z2m/bridge/devices", described, retain: true);
        return this;
    }

    public AttackTown Smoke(double minute, string gateway, bool active = true) => Alarm(minute, gateway, DeviceCatalogue.Smoke, "smoke", active);

    /// <summary>A heat alarm says <c>smoke</c> too.</summary>
    public AttackTown Heat(double minute, string gateway, bool active = true) => Alarm(minute, gateway, DeviceCatalogue.Heat, "smoke", active);

    public AttackTown CarbonMonoxide(double minute, string gateway, bool active = true) =>
        Alarm(minute, gateway, DeviceCatalogue.CarbonMonoxide, "carbon_monoxide", active);

    /// <summary>What a resident says.</summary>
    public AttackTown Report(double minute, string reporter, string kind = "fire", bool seen = true, double north = 0, double east = 0)
    {
        var (lat, lon) = At(north, east);
        var report = new JsonObject { ["kind"] = kind, ["says"] = seen ? "seen" : "nothing-here", ["lat"] = lat, ["lon"] = lon, ["reporter"] = reporter };
        return Line(minute, "report", new() { ["report"] = report });
    }

    /// <summary>A vehicle's accident message.</summary>
    public AttackTown Crash(double minute, string vehicle, bool ends = false) => Denm(minute, vehicle, Event(vehicle, minute), minute, ends);

    /// <summary>A vehicle's hazard message as it is sent at a minute, perhaps long after it was made.</summary>
    public AttackTown Denm(double minute, string sender, Denm denm, double madeAt, bool ends = false)
    {
        var payload = JsonNode.Parse(denm.Payload(Start.AddMinutes(madeAt), ends).Span)!;
        return Mqtt(minute, denm.Topic.Replace($"/{denm.Vehicle.Id}/", $"/{sender}/", StringComparison.Ordinal), payload);
    }

    /// <summary>A vehicle says of another's event that it is over, or never was.</summary>
    public AttackTown Deny(double minute, string sender, string of)
    {
        var denm = Event(of, minute);
        var payload = JsonNode.Parse((denm with { Vehicle = denm.Vehicle with { Id = sender } }).Payload(Start.AddMinutes(minute), ends: true).Span)!;
        payload["message"]!["management"]!["termination"] = 1;
        return Mqtt(minute, denm.Topic.Replace($"/{of}/", $"/{sender}/", StringComparison.Ordinal), payload);
    }

    /// <summary>A vehicle's accident, an hour valid.</summary>
    public Denm Event(string vehicle, double minute, ushort sequence = 1) =>
        new(new Vehicle(vehicle, (uint)vehicle.Sum(c => c)), sequence, 2, 0, _middle.Lat, _middle.Lon, Start.AddMinutes(minute), 3600);

    /// <summary>A Bluesky post.</summary>
    public AttackTown Post(double minute, string account, string text, string key = "1", string? quotes = null)
    {
        var record = new JsonObject { ["$type"] = "app.bsky.feed.post", ["createdAt"] = "2026-01-10T08:00:00Z", ["text"] = text };
        if (quotes is not null)
            record["embed"] = new JsonObject { ["$type"] = "app.bsky.embed.record", ["record"] = new JsonObject { ["cid"] = "bafyreia", ["uri"] = $"at://did:plc:{quotes}/app.bsky.feed.post/1" } };
        return Bluesky(minute, account, "create", "app.bsky.feed.post", key, record);
    }

    public AttackTown Repost(double minute, string account, string of) => Bluesky(minute, account, "create", "app.bsky.feed.repost", "r1", new JsonObject
    {
        ["$type"] = "app.bsky.feed.repost",
        ["createdAt"] = "2026-01-10T08:00:00Z",
        ["subject"] = new JsonObject { ["cid"] = "bafyreia", ["uri"] = $"at://did:plc:{of}/app.bsky.feed.post/1" },
    });

    public AttackTown DeletePost(double minute, string account, string key = "1") => Bluesky(minute, account, "delete", "app.bsky.feed.post", key, null);

    /// <summary>A Mastodon status, or a boost of one.</summary>
    public AttackTown Status(double minute, string id, string account, string html, string? boosts = null)
    {
        var status = OneStatus(id, account, html);
        if (boosts is not null)
            status["reblog"] = OneStatus(boosts, "original", html);
        return Line(minute, "mastodon", new() { ["event"] = "update", ["payload"] = status });
    }

    public AttackTown DeleteStatus(double minute, string id) => Line(minute, "mastodon", new() { ["event"] = "delete", ["payload"] = id });

    public AttackTown Mqtt(double minute, string topic, JsonNode payload, bool retain = false) =>
        Line(minute, "mqtt", new() { ["topic"] = topic, ["retain"] = retain, ["payload"] = payload });

    public AttackTown Operator(double minute, string action, string hazard = "Fire") => Line(minute, "operator", new()
    {
        ["action"] = action,
        ["near"] = new JsonObject { ["lat"] = _middle.Lat, ["lon"] = _middle.Lon, ["hazard"] = hazard },
        ["user"] = "u1",
    });

    public AttackTown Tick(double minute) => Line(minute, "tick", []);

    /// <summary>The place so many metres away.</summary>
    public (double Lat, double Lon) At(double north, double east)
    {
        var (dLat, dLon) = Geo.DegreesPerMetre(_middle.Lat);
        return (_middle.Lat + (north * dLat), _middle.Lon + (east * dLon));
    }

    /// <summary>Plays what was told, and says how it went.</summary>
    public async Task<Aftermath> PlayAsync()
    {
        File("recording.jsonl", string.Join('\n', _lines.OrderBy(line => line.Minute).Select(line => line.Line.ToJsonString()))); // Stable: what was told first comes first.
        File("registry.json", new JsonObject { ["premises"] = _premises.DeepClone(), ["vehicles"] = new JsonArray(new JsonObject { ["id"] = "v1" }, new JsonObject { ["id"] = "v2" }) }.ToJsonString());
        File("neighbourhoods.geojson", Neighbourhood());
        File("gazetteer.csv", string.Create(CultureInfo.InvariantCulture, $"name,lat,lon,radius_m\nElm Road,{_middle.Lat},{_middle.Lon},150\nWrexham,{_middle.Lat},{_middle.Lon},3000\n"));
        using var output = new StringWriter();
        string[] arguments =
        [
            Path.Combine(_folder, "recording.jsonl"), "--registry", Path.Combine(_folder, "registry.json"),
            "--neighbourhoods", Path.Combine(_folder, "neighbourhoods.geojson"), "--gazetteer", Path.Combine(_folder, "gazetteer.csv"),
        ];
        Assert.Equal(0, await new ReplayVerb().RunAsync(arguments, output));
        return new Aftermath([.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line))]);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Place Corner(Place inATile)
    {
        var (x, y) = Quadkey.TileAt(inATile.Lat, inATile.Lon, Quadkey.DefaultZoom);
        var n = 1 << Quadkey.DefaultZoom;
        return new Place(double.RadiansToDegrees(Math.Atan(Math.Sinh(Math.PI * (1 - (2.0 * y / n))))), ((double)x / n * 360) - 180, 0);
    }

    private static JsonObject Describe(DeviceModel device) => new()
    {
        ["ieee_address"] = $"0x{device.Model}",
        ["friendly_name"] = device.Model,
        ["type"] = "EndDevice",
        ["definition"] = new JsonObject
        {
            ["model"] = device.Model,
            ["exposes"] = new JsonArray([.. device.Exposes.Where(expose => expose.On is true).Select(expose => new JsonObject
            {
                ["access"] = 1, ["name"] = expose.Property, ["property"] = expose.Property, ["type"] = "binary", ["value_on"] = true, ["value_off"] = false,
            })]),
        },
    };

    private static JsonObject OneStatus(string id, string account, string html) => new()
    {
        ["id"] = id,
        ["visibility"] = "public",
        ["url"] = $"https://m.example/@{account}/{id}",
        ["content"] = html,
        ["account"] = new JsonObject { ["acct"] = $"{account}@m.example", ["bot"] = false },
    };

    private AttackTown Alarm(double minute, string gateway, DeviceModel device, string key, bool active) =>
        Mqtt(minute, $"homes/{gateway}/z2m/{device.Model}", new JsonObject { ["battery"] = 97, [key] = active });

    private AttackTown Bluesky(double minute, string account, string operation, string collection, string key, JsonObject? record)
    {
        var commit = new JsonObject { ["rev"] = "3mmoojpaqkn23", ["operation"] = operation, ["collection"] = collection, ["rkey"] = key };
        if (record is not null)
            (commit["record"], commit["cid"]) = (record, "bafyreia");
        var frame = new JsonObject
        {
            ["did"] = $"did:plc:{account}",
            ["time_us"] = Start.AddMinutes(minute).ToUnixTimeMilliseconds() * 1000,
            ["kind"] = "commit",
            ["commit"] = commit,
        };
        return Line(minute, "bluesky", new() { ["frame"] = frame });
    }

    private AttackTown Line(double minute, string via, JsonObject line)
    {
        line["at"] = Start.AddMinutes(minute).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        line["via"] = via;
        _lines.Add((minute, line));
        return this;
    }

    private void File(string name, string text) => System.IO.File.WriteAllText(Path.Combine(_folder, name), text);

    private string Neighbourhood()
    {
        JsonArray Point(double north, double east)
        {
            var (lat, lon) = At(north, east);
            return new JsonArray(lon, lat);
        }

        return new JsonObject
        {
            ["type"] = "FeatureCollection",
            ["features"] = new JsonArray(new JsonObject
            {
                ["type"] = "Feature",
                ["properties"] = new JsonObject { ["name"] = "Acton" },
                ["geometry"] = new JsonObject
                {
                    ["type"] = "Polygon",
                    ["coordinates"] = new JsonArray(new JsonArray(Point(-3000, -3000), Point(-3000, 3000), Point(3000, 3000), Point(3000, -3000), Point(-3000, -3000))),
                },
            }),
        }.ToJsonString();
    }
}
