using System.Globalization;
using System.Text.Json;

namespace CivicSignals.Tests.Integration;

/// <summary>Who lives where: two neighbourhoods side by side, homes and vehicles, as registry and GeoJSON files.</summary>
/// <param name="Homes">Gateways with their places; the secret of a gateway is <see cref="SecretOf"/>.</param>
/// <param name="Vehicles">Vehicles.</param>
internal sealed record TownPlan(IReadOnlyList<(string Gateway, double Lat, double Lon)> Homes, IReadOnlyList<string> Vehicles)
{
    public const string Neighbourhood = "Elm Bank";
    public const string Slug = "elm-bank";

    /// <summary>Two homes next door and one far off, all in <see cref="Neighbourhood"/>; three vehicles.</summary>
    public static TownPlan Street { get; } = new(
        [("gw1", 53.046617, -2.992513), ("gw2", 53.046731, -2.992349), ("gw3", 53.050123, -2.985321)],
        ["car1", "car2", "car3"]);

    /// <summary>Nothing given: the platform makes its own first home and serves its own neighbourhoods.</summary>
    public static TownPlan None { get; } = new([], []);

    private static readonly string[] Consents = ["fire", "police", "ambulance", "public"];

    public bool IsNone => Homes.Count == 0;

    /// <summary>Who has to be let in by a broker, with his password.</summary>
    public IEnumerable<(string Name, string Password)> Users => Homes.Select(home => home.Gateway).Concat(Vehicles).Select(name => (name, SecretOf(name)));

    /// <summary>Homes so far apart that no fire of one is a fire of another: <c>gw1</c>, <c>gw2</c>, ….</summary>
    public static TownPlan Scattered(int homes) => new(
        [.. Enumerable.Range(0, homes).Select(i => ($"gw{i + 1}", 53.032 + (0.006 * (i / 6)), -2.998 + (0.009 * (i % 6))))],
        []);

    public static string SecretOf(string user) => $"secret-of-{user}";

    public void Write(string registry, string neighbourhoods)
    {
        File.WriteAllText(registry, JsonSerializer.Serialize(new
        {
            premises = Homes.Select(home => new
            {
                id = $"premises-{home.Gateway}",
                gateway = home.Gateway,
                secret = SecretOf(home.Gateway),
                lat = home.Lat,
                lon = home.Lon,
                kind = "dwelling",
                consents = Consents,
            }),
            vehicles = Vehicles.Select(id => new { id, secret = SecretOf(id) }),
        }));
        File.WriteAllText(neighbourhoods, $$"""
            {"type":"FeatureCollection","features":[{{Square(Neighbourhood, Slug, -3.0, -2.97)}},{{Square("Far Side", "far-side", -2.97, -2.94)}}]}
            """);
    }

    private static string Square(string name, string slug, double west, double east) => string.Create(CultureInfo.InvariantCulture, $$"""
        {"type":"Feature","properties":{"name":"{{name}}","slug":"{{slug}}"},"geometry":{"type":"Polygon",
         "coordinates":[[[{{west}},53.03],[{{east}},53.03],[{{east}},53.07],[{{west}},53.07],[{{west}},53.03]]]} }
        """);
}
