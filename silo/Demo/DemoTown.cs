using CivicSignals.Ingest.Posts;
using CivicSignals.Neighbourhoods;

namespace CivicSignals.Silo.Demo;

/// <summary>
/// A made-up town where Wrexham lies: neighbourhoods, streets, homes and vehicles, the same at every start.
/// Its shapes were drawn for this project and follow no map.
/// </summary>
public static class DemoTown
{
    /// <summary>How many vehicles it has.</summary>
    public const int VehicleCount = 500;

    private static readonly Lazy<IReadOnlyList<Street>> AllStreets = new(() => Street.Parse(StreetsGeoJson));
    private static readonly Lazy<IReadOnlyList<Home>> AllHomes = new(() => HousePlots.Build(Streets, NeighbourhoodMap.Parse(NeighbourhoodsGeoJson)));

    /// <summary>The town's neighbourhoods: polygons with <c>name</c> and <c>slug</c>. The platform's default.</summary>
    public static ReadOnlyMemory<byte> NeighbourhoodsGeoJson { get; } = Resource("wrexham-neighbourhoods.geojson");

    /// <summary>The town's streets: line strings with <c>name</c> and <c>class</c>, <c>main</c> or <c>local</c>.</summary>
    public static ReadOnlyMemory<byte> StreetsGeoJson { get; } = Resource("wrexham-streets.geojson");

    public static IReadOnlyList<Street> Streets => AllStreets.Value;

    /// <summary>What people call its places: the platform's default gazetteer.</summary>
    internal static IReadOnlyList<NamedPlace> Places => TownPlaces.Of(NeighbourhoodMap.Parse(NeighbourhoodsGeoJson), Streets);

    /// <summary>More than 2,000.</summary>
    public static IReadOnlyList<Home> Homes => AllHomes.Value;

    public static IReadOnlyList<Vehicle> Vehicles { get; } =
        [.. Enumerable.Range(1, VehicleCount).Select(n => new Vehicle($"car-{n:000}", 470_000u + (uint)n))];

    private static byte[] Resource(string name)
    {
        using var stream = typeof(DemoTown).Assembly.GetManifestResourceStream($"CivicSignals.Silo.Demo.{name}")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
