using System.Globalization;
using CivicSignals.Ingest.Posts;
using CivicSignals.Signals;
using CivicSignals.Tests.Ingest;

namespace CivicSignals.Tests.Posts;

/// <summary>All populated places and outcodes of Great Britain as one gazetteer. Tests that need it are skipped where its sources are absent.</summary>
internal static class WholeCountry
{
    public static (Gazetteer Gazetteer, IReadOnlyList<NamedPlace> Names) Read()
    {
        var places = File.ReadLines(Shared.File("data/geo/geonames_gb_places.tsv")).Skip(1).Select(line => line.Split('\t')).Select(f => Row(f[0], f[1], f[2], 1500)).ToList();
        var outcodes = File.ReadLines(Shared.File("data/geo/postcode_outcodes.csv")).Skip(1).Select(line => line.Split(',')).Where(f => f[2].Length > 0).Select(f => Row(f[1], f[2], f[3], 3000)).ToList();
        return (Gazetteer.Of([.. places, .. outcodes]), [.. places, .. outcodes]);
    }

    private static NamedPlace Row(string name, string lat, string lon, double radius) =>
        new(name, new Place(double.Parse(lat, CultureInfo.InvariantCulture), double.Parse(lon, CultureInfo.InvariantCulture), radius));
}
