namespace CivicSignals.Benchmarks.Load;

/// <summary>Places areas (zoom-14 tiles) over England and Wales, none next to another.</summary>
internal static class AreaGrid
{
    private const double Tiles = 1 << 14;
    private const int Columns = 40;
    private const int Stride = 2;
    private const int West = 8000;
    private const int North = 5300;

    /// <summary>A point of the n-th area, by its share of the tile's width and height from the north-west.</summary>
    public static (double Lat, double Lon) Place(int area, double x, double y)
    {
        var column = West + (area % Columns * Stride) + x;
        var row = North + (area / Columns * Stride) + y;
        var lat = Math.Atan(Math.Sinh(Math.PI * (1 - (2 * row / Tiles)))) * 180 / Math.PI;
        return (Math.Round(lat, 7), Math.Round((column / Tiles * 360) - 180, 7));
    }
}
