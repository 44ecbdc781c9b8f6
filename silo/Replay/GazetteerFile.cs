using System.Globalization;
using CivicSignals.Signals;

namespace CivicSignals.Silo.Replay;

/// <summary>A gazetteer: CSV rows of <c>name,lat,lon,radius_m</c>, the first of which may be that header.</summary>
internal static class GazetteerFile
{
    private const string Header = "name,lat,lon,radius_m";

    /// <summary>Checks every row.</summary>
    /// <exception cref="FormatException">A row is wrong; the message says which.</exception>
    public static void Check(string path)
    {
        var number = 0;
        foreach (var row in File.ReadLines(path))
        {
            if (++number == 1 && row == Header)
                continue;
            if (row.Length > 0 && !IsPlace(row))
                throw new FormatException($"line {number}: expected {Header}");
        }
    }

    /// <summary>Names may hold commas, so a row is read from its end.</summary>
    private static bool IsPlace(string row)
    {
        var fields = row.Split(',');
        return fields.Length >= 4
            && string.Join(',', fields[..^3]).Trim(' ', '"').Length > 0
            && Number(fields[^3], out var lat) && Number(fields[^2], out var lon) && Number(fields[^1], out var radius)
            && new Place(lat, lon, radius).IsValid;
    }

    private static bool Number(string text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
}
