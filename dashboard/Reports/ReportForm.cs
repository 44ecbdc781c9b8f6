using System.Globalization;
using CivicSignals.Neighbourhoods;
using CivicSignals.Reports;
using CivicSignals.Signals;
using Microsoft.AspNetCore.Http;

namespace CivicSignals.Dashboard.Reports;

/// <summary>What a resident filled in to report something, as it was written.</summary>
public sealed record ReportForm
{
    private const double UncertaintyM = 50;
    private const int LongestPostcode = 10;

    /// <summary>One of <see cref="ReportKinds"/>, or empty.</summary>
    public string Kind { get; init; } = "";

    public string Postcode { get; init; } = "";

    /// <summary>Degrees, filled in by the page's scripts; empty without.</summary>
    public string Lat { get; init; } = "";

    /// <summary>Degrees, filled in by the page's scripts; empty without.</summary>
    public string Lon { get; init; } = "";

    /// <summary>What is wrong with it, as a sentence, or null.</summary>
    public string? Problem { get; init; }

    public static ReportForm Read(IFormCollection form) => new()
    {
        Kind = form["kind"].ToString(),
        Postcode = form["postcode"].ToString().Trim(),
        Lat = form["lat"].ToString(),
        Lon = form["lon"].ToString(),
    };

    /// <summary>
    /// Where it is: the spot on the map where there is one, else the postcode, else somewhere in the neighbourhood. Null: the postcode is not known.
    /// </summary>
    internal Place? Place(Neighbourhood neighbourhood, IPlaceFinder finder)
    {
        if (Number(Lat) is { } lat && Number(Lon) is { } lon)
            return new Place(lat, lon, UncertaintyM);
        if (Postcode.Length == 0)
            return Somewhere.In(neighbourhood);
        return Postcode.Length <= LongestPostcode ? finder.Postcode(Postcode) : null;
    }

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
