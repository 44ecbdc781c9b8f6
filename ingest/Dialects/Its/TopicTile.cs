using CivicSignals.Areas;
using CivicSignals.Ingest.Mqtt;
using CivicSignals.Signals;

namespace CivicSignals.Ingest.Dialects.Its;

/// <summary>The map tile that a topic names, one quadkey digit a level: a cheap check of the position that its message gives.</summary>
internal readonly record struct TopicTile(int X, int Y, int Zoom)
{
    private const double EquatorM = 40_075_017;

    /// <summary>Reads the levels as far as they are digits of a quadkey: a topic may end early or go on with something else.</summary>
    public static TopicTile Read(ReadOnlySpan<char> levels)
    {
        var (x, y, zoom) = (0, 0, 0);
        while (zoom < Quadkey.MaxZoom && TopicRules.Level(ref levels) is [var digit and >= '0' and <= '3'])
            (x, y, zoom) = ((x << 1) | (digit & 1), (y << 1) | ((digit - '0') >> 1), zoom + 1);
        return new TopicTile(x, y, zoom);
    }

    /// <summary>Whether a place may be in the tile: a neighbouring one will do, for vehicles move, and so will its uncertainty.</summary>
    public bool MayHold(Place place)
    {
        if (Zoom == 0)
            return true;
        double tiles = 1 << Zoom;
        var (x, y) = Quadkey.TileAt(place.Lat, place.Lon, Zoom);
        var slack = 1 + (place.UncertaintyM * tiles / (EquatorM * Math.Cos(place.Lat * Math.PI / 180)));
        var across = Math.Abs(x - X);
        return Math.Min(across, tiles - across) <= slack && Math.Abs(y - Y) <= slack;
    }
}
