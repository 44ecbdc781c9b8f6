namespace CivicSignals.Evaluation.Town;

/// <summary>Web-Mercator tiles: the platform's unit of concurrency, so incidents at their edges deserve attention.</summary>
internal static class Tiles
{
    public const int Zoom = 14;

    /// <summary>Column and row at a zoom, with the fraction within the tile.</summary>
    public static (double X, double Y) At(Point point, int zoom = Zoom)
    {
        double n = 1 << zoom;
        var sin = Math.Sin(point.Lat * Math.PI / 180);
        return ((point.Lon + 180) / 360 * n, (0.5 - (Math.Log((1 + sin) / (1 - sin)) / (4 * Math.PI))) * n);
    }

    /// <summary>The corner where a column and a row begin: north-west of their tile.</summary>
    public static Point Corner(double x, double y, int zoom = Zoom)
    {
        double n = 1 << zoom;
        return new Point(Math.Atan(Math.Sinh(Math.PI * (1 - (2 * y / n)))) * 180 / Math.PI, (x / n * 360) - 180);
    }

    /// <summary>The tile's name: a quadkey.</summary>
    public static string Name(Point point, int zoom = Zoom)
    {
        var (x, y) = At(point, zoom);
        var (column, row) = ((int)x, (int)y);
        return string.Create(zoom, (column, row), static (digits, tile) =>
        {
            for (var i = 0; i < digits.Length; i++)
            {
                var bit = digits.Length - 1 - i;
                digits[i] = (char)('0' + ((tile.column >> bit) & 1) + (((tile.row >> bit) & 1) << 1));
            }
        });
    }

    /// <summary>Metres to the nearest edge of the point's tile.</summary>
    public static double MetresToEdge(Point point)
    {
        var (x, y) = At(point);
        var side = Corner(Math.Floor(x), Math.Floor(y)).MetresTo(Corner(Math.Floor(x) + 1, Math.Floor(y)));
        var (fx, fy) = (x - Math.Floor(x), y - Math.Floor(y));
        return Math.Min(Math.Min(fx, 1 - fx), Math.Min(fy, 1 - fy)) * side;
    }
}
