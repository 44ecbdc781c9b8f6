using System.Globalization;
using System.Text.Json;
using CivicSignals.Faults.Cluster;

namespace CivicSignals.Faults.Load;

/// <summary>Homes, each in an area of its own, so that no fire of one is a fire of another.</summary>
internal static class TownFiles
{
    private const int HomesInRow = 20;
    private const double StepLat = 0.02;
    private const double StepLon = 0.03;
    private static readonly string[] Consents = ["fire", "police", "ambulance", "public"];

    /// <summary>What the ledger calls a gateway's home.</summary>
    public static string PremisesOf(string gateway) => $"premises-{gateway}";

    /// <summary>Writes registry and neighbourhoods into a folder.</summary>
    public static void Write(string folder, IReadOnlyList<string> gateways)
    {
        File.WriteAllText(Path.Combine(folder, "registry.json"), JsonSerializer.Serialize(new
        {
            premises = gateways.Select((gateway, i) => new
            {
                id = PremisesOf(gateway),
                gateway,
                secret = Broker.SecretOf(gateway),
                lat = 52.0 + (StepLat * (i / HomesInRow)),
                lon = -2.0 + (StepLon * (i % HomesInRow)),
                kind = "dwelling",
                consents = Consents,
            }),
        }));
        var (north, east) = (52.1 + (StepLat * (gateways.Count / HomesInRow)), -1.9 + (StepLon * HomesInRow));
        File.WriteAllText(Path.Combine(folder, "neighbourhoods.geojson"), string.Create(CultureInfo.InvariantCulture, $$"""
            {"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"Elm Bank","slug":"elm-bank"},"geometry":{"type":"Polygon",
             "coordinates":[[[-2.1,51.9],[{{east}},51.9],[{{east}},{{north}}],[-2.1,{{north}}],[-2.1,51.9]]]} }]}
            """));
    }
}
