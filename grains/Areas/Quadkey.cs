using CivicSignals.Signals;

namespace CivicSignals.Areas;

/// <summary>
/// Map tiles as quadkeys: one base-4 digit per zoom level, spherical Mercator (Bing Maps Tile System, Microsoft 2009).
/// At zoom 14 a tile is about 1.5 km wide at UK latitudes.
/// </summary>
public static class Quadkey
{
    public const int DefaultZoom = 14;
    public const int MinZoom = 8;
    public const int MaxZoom = 22;

    /// <summary>The tile that holds a point. <paramref name="zoom"/> is <see cref="MinZoom"/>..<see cref="MaxZoom"/>.</summary>
    public static string At(double lat, double lon, int zoom)
    {
        var (x, y) = TileAt(lat, lon, zoom);
        return FromTile(x, y, zoom);
    }

    /// <summary>
    /// The tiles, other than the point's own, that a circle around the point touches; at most the 8 around it. In a fixed order.
    /// </summary>
    /// <param name="place">Centre of the circle.</param>
    /// <param name="radiusM">Its radius in metres, less than a tile's width.</param>
    /// <param name="zoom">Zoom level.</param>
    public static IReadOnlyList<string> Near(Place place, double radiusM, int zoom) => Touched(place, radiusM, TileAt(place.Lat, place.Lon, zoom), zoom);

    /// <summary>
    /// The tiles, other than one, that a circle touches; at most the 8 around it. The circle's centre may lie in another tile: an incident that
    /// opened here may have moved.
    /// </summary>
    public static IReadOnlyList<string> Around(string area, Place place, double radiusM) => Touched(place, radiusM, ToTile(area), area.Length);

    private static List<string> Touched(Place place, double radiusM, (int X, int Y) own, int zoom)
    {
        var (dLat, dLon) = Geo.DegreesPerMetre(place.Lat);
        var (x0, y0) = TileAt(place.Lat + (radiusM * dLat), place.Lon - (radiusM * dLon), zoom);
        var (x1, y1) = TileAt(place.Lat - (radiusM * dLat), place.Lon + (radiusM * dLon), zoom);
        if ((x0, y0) == (x1, y1) && (x0, y0) == own)
            return [];
        var near = new List<string>(3);
        for (var y = Math.Max(y0, own.Y - 1); y <= Math.Min(y1, own.Y + 1); y++)
        {
            for (var x = Math.Max(x0, own.X - 1); x <= Math.Min(x1, own.X + 1); x++)
            {
                if ((x, y) != own)
                    near.Add(FromTile(x, y, zoom));
            }
        }

        return near;
    }

    /// <summary>The middle of a tile; its uncertainty reaches the tile's edges, metres.</summary>
    /// <param name="area">A quadkey, as <see cref="At"/> gives it.</param>
    public static Place Centre(string area)
    {
        var (x, y) = ToTile(area);
        double n = 1 << area.Length;
        var lat = Math.Atan(Math.Sinh(Math.PI * (1 - (2 * (y + 0.5) / n)))) * 180 / Math.PI;
        var (_, dLon) = Geo.DegreesPerMetre(lat);
        return new Place(lat, ((x + 0.5) / n * 360) - 180, 180 / n / dLon);
    }

    /// <summary>The column, from the west, and row, from the north, of the tile that holds a point. <paramref name="zoom"/> is 0..<see cref="MaxZoom"/>.</summary>
    public static (int X, int Y) TileAt(double lat, double lon, int zoom)
    {
        var n = 1 << zoom;
        var sin = Math.Sin(lat * Math.PI / 180);
        var x = ((lon + 180) / 360) * n;
        var y = (0.5 - (Math.Log((1 + sin) / (1 - sin)) / (4 * Math.PI))) * n;
        return (Math.Clamp((int)Math.Floor(x), 0, n - 1), Math.Clamp((int)Math.Floor(y), 0, n - 1));
    }

    private static (int X, int Y) ToTile(string area)
    {
        var (x, y) = (0, 0);
        foreach (var digit in area)
            (x, y) = ((x << 1) | (digit & 1), (y << 1) | ((digit - '0') >> 1));
        return (x, y);
    }

    private static string FromTile(int x, int y, int zoom) => string.Create(zoom, (x, y), static (digits, tile) =>
    {
        for (var i = 0; i < digits.Length; i++)
        {
            var bit = digits.Length - 1 - i;
            digits[i] = (char)('0' + ((tile.x >> bit) & 1) + (((tile.y >> bit) & 1) << 1));
        }
    });
}
