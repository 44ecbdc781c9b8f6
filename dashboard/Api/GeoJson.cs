using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CivicSignals.Dashboard.Api;

/// <summary>RFC 7946: longitude first, outer rings counterclockwise and closed.</summary>
internal static class GeoJson
{
    public const string ContentType = "application/geo+json";
    private static readonly JsonWriterOptions AsItIs = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A FeatureCollection whose features are written by the caller.</summary>
    public static byte[] Collection(Action<Utf8JsonWriter> features)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, AsItIs))
        {
            json.WriteStartObject();
            json.WriteString("type", "FeatureCollection");
            json.WriteStartArray("features");
            features(json);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    public static void Point(Utf8JsonWriter json, double lat, double lon)
    {
        json.WriteStartObject();
        json.WriteString("type", "Point");
        json.WritePropertyName("coordinates");
        Position(json, lat, lon);
        json.WriteEndObject();
    }

    /// <summary>One or more outer rings of (lat, lon).</summary>
    public static void Shape(Utf8JsonWriter json, IReadOnlyList<IReadOnlyList<(double Lat, double Lon)>> rings)
    {
        var many = rings.Count > 1;
        json.WriteStartObject();
        json.WriteString("type", many ? "MultiPolygon" : "Polygon");
        json.WriteStartArray("coordinates");
        foreach (var ring in rings)
        {
            if (many)
                json.WriteStartArray();
            Ring(json, ring);
            if (many)
                json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Ring(Utf8JsonWriter json, IReadOnlyList<(double Lat, double Lon)> ring)
    {
        var points = ring[0] == ring[^1] ? ring.ToList() : [.. ring, ring[0]];
        var twiceArea = points.Zip(points.Skip(1), (a, b) => (a.Lon * b.Lat) - (b.Lon * a.Lat)).Sum();
        if (twiceArea < 0)
            points.Reverse();
        json.WriteStartArray();
        foreach (var (lat, lon) in points)
            Position(json, lat, lon);
        json.WriteEndArray();
    }

    private static void Position(Utf8JsonWriter json, double lat, double lon)
    {
        json.WriteStartArray();
        json.WriteNumberValue(lon);
        json.WriteNumberValue(lat);
        json.WriteEndArray();
    }
}
