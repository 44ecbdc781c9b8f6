using System.Text.Json;
using CivicSignals.Faults.Cluster;

namespace CivicSignals.Faults.Load;

/// <summary>
/// Homes, each in an area of its own and most in a region of their own, so that no fire of one is a fire of another, and no storm of alarms that an
/// outage has held back passes for a common cause of the next home's fire.
/// </summary>
internal static class TownFiles
{
    private const int HomesInRow = 20;
    private const double StepLat = 0.3;
    private const double StepLon = 0.5;
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
                lat = 45.0 + (StepLat * (i / HomesInRow)),
                lon = -5.0 + (StepLon * (i % HomesInRow)),
                kind = "dwelling",
                consents = Consents,
            }),
        }));
        File.WriteAllText(Path.Combine(folder, "neighbourhoods.geojson"), """
            {"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"Elm Bank","slug":"elm-bank"},"geometry":{"type":"Polygon",
             "coordinates":[[[-6,44],[6,44],[6,60],[-6,60],[-6,44]]]} }]}
            """);
    }
}
