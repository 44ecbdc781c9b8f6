using System.Text.Json;

namespace CivicSignals.Silo.Demo;

/// <summary>One street of the demo town.</summary>
/// <param name="Name">As on its sign.</param>
/// <param name="IsMain">Whether traffic passes through, rather than neighbours only.</param>
/// <param name="Points">Its course, degrees; at least two.</param>
public sealed record Street(string Name, bool IsMain, IReadOnlyList<(double Lat, double Lon)> Points)
{
    /// <summary>Reads a GeoJSON FeatureCollection of LineStrings with <c>properties.name</c> and <c>properties.class</c>.</summary>
    public static IReadOnlyList<Street> Parse(ReadOnlyMemory<byte> geoJson)
    {
        using var document = JsonDocument.Parse(geoJson);
        return [.. document.RootElement.GetProperty("features").EnumerateArray().Select(Read)];
    }

    private static Street Read(JsonElement feature)
    {
        var properties = feature.GetProperty("properties");
        var points = feature.GetProperty("geometry").GetProperty("coordinates").EnumerateArray()
            .Select(point => (point[1].GetDouble(), point[0].GetDouble()));
        return new Street(properties.GetProperty("name").GetString()!, properties.GetProperty("class").GetString() == "main", [.. points]);
    }
}
