using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CivicSignals.Neighbourhoods;

/// <summary>All neighbourhoods that are served, from a GeoJSON FeatureCollection of Polygon or MultiPolygon with <c>properties.name</c>.</summary>
public sealed class NeighbourhoodMap(IReadOnlyList<Neighbourhood> all)
{
    public static NeighbourhoodMap Empty { get; } = new([]);

    /// <summary>In the file's order.</summary>
    public IReadOnlyList<Neighbourhood> All { get; } = all;

    /// <summary>The first neighbourhood that holds the point, or null.</summary>
    public Neighbourhood? At(double lat, double lon)
    {
        foreach (var neighbourhood in All)
        {
            if (neighbourhood.Contains(lat, lon))
                return neighbourhood;
        }

        return null;
    }

    /// <summary>The neighbourhood of that slug, or null.</summary>
    public Neighbourhood? BySlug(string slug) => All.FirstOrDefault(n => n.Slug == slug);

    /// <summary>Reads GeoJSON.</summary>
    /// <exception cref="FormatException">The text is not such a collection; the message says where.</exception>
    public static NeighbourhoodMap Parse(ReadOnlyMemory<byte> geoJson)
    {
        try
        {
            using var document = JsonDocument.Parse(geoJson);
            var slugs = new HashSet<string>();
            var all = document.RootElement.GetProperty("features").EnumerateArray().Select(feature => Read(feature, slugs)).ToList();
            return new NeighbourhoodMap(all);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"not a GeoJSON collection of named polygons: {e.Message}", e);
        }
    }

    private static Neighbourhood Read(JsonElement feature, HashSet<string> slugs)
    {
        var properties = feature.GetProperty("properties");
        var name = properties.GetProperty("name").GetString() ?? throw new FormatException("a feature has a null name");
        var slug = properties.TryGetProperty("slug", out var given) && given.GetString() is { Length: > 0 } text ? Slug(text) : Slug(name);
        var unique = slug;
        for (var n = 2; !slugs.Add(unique); n++)
            unique = $"{slug}-{n}";
        var geometry = feature.GetProperty("geometry");
        var coordinates = geometry.GetProperty("coordinates");
        IReadOnlyList<IReadOnlyList<(double, double)>> rings = geometry.GetProperty("type").GetString() switch
        {
            "Polygon" => [Ring(coordinates[0])],
            "MultiPolygon" => [.. coordinates.EnumerateArray().Select(polygon => Ring(polygon[0]))],
            var other => throw new FormatException($"neighbourhood '{name}' is a {other}, not a Polygon or MultiPolygon"),
        };
        if (rings.Count == 0 || rings.Any(ring => ring.Count < 4))
            throw new FormatException($"neighbourhood '{name}' has a ring of fewer than 4 points");
        return new Neighbourhood(name, unique, rings);
    }

    private static List<(double Lat, double Lon)> Ring(JsonElement ring) =>
        [.. ring.EnumerateArray().Select(point => (point[1].GetDouble(), point[0].GetDouble()))];

    private static string Slug(string name)
    {
        var slug = new StringBuilder(name.Length);
        foreach (var c in name.Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(c))
                slug.Append(char.ToLower(c, CultureInfo.InvariantCulture));
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        }

        var text = slug.ToString().Trim('-');
        return text.Length > 0 ? text : "neighbourhood";
    }
}
