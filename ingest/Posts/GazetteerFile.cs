using System.Globalization;
using CivicSignals.Signals;

namespace CivicSignals.Ingest.Posts;

/// <summary>A gazetteer's format: CSV rows of <c>name,lat,lon,radius_m</c>, the first of which may be that header.</summary>
internal static class GazetteerFile
{
    private const string Header = "name,lat,lon,radius_m";

    /// <summary>Reads every row.</summary>
    /// <exception cref="FormatException">A row is wrong; the message says which.</exception>
    public static IReadOnlyList<NamedPlace> Read(TextReader file)
    {
        var places = new List<NamedPlace>();
        var number = 0;
        while (file.ReadLine() is { } row)
        {
            number++;
            if (row.Length == 0 || (number == 1 && row == Header))
                continue;
            places.Add(Row(row) ?? throw new FormatException($"line {number}: expected {Header}"));
        }

        return places;
    }

    /// <summary>Names may hold commas, so a row is read from its end.</summary>
    private static NamedPlace? Row(string row)
    {
        var fields = row.Split(',');
        if (fields.Length < 4 || !Number(fields[^3], out var lat) || !Number(fields[^2], out var lon) || !Number(fields[^1], out var radius))
            return null;
        var name = string.Join(',', fields[..^3]).Trim(' ', '"');
        var place = new Place(lat, lon, radius);
        return name.Length > 0 && place.IsValid ? new NamedPlace(name, place) : null;
    }

    private static bool Number(string text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
}
