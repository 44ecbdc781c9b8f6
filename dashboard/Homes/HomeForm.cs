using System.Globalization;
using CivicSignals.Homes;
using CivicSignals.Signals;
using Microsoft.AspNetCore.Http;

namespace CivicSignals.Dashboard.Homes;

/// <summary>What a person filled in about a home, as they wrote it.</summary>
public sealed record HomeForm
{
    public const string PlaceProblem = "The place is not on the map. Latitude and longitude are numbers such as 53.04660 and -2.99250.";

    public string Gateway { get; init; } = "";

    public string Lat { get; init; } = "";

    public string Lon { get; init; } = "";

    public string Kind { get; init; } = "dwelling";

    public Consents Consents { get; init; } = HomeDraft.DefaultConsents;

    /// <summary>What is wrong with it, as a sentence, or null.</summary>
    public string? Problem { get; init; }

    public static HomeForm Read(IFormCollection form) => new()
    {
        Gateway = form["gateway"].ToString().Trim(),
        Lat = form["lat"].ToString().Trim(),
        Lon = form["lon"].ToString().Trim(),
        Kind = form["kind"].ToString().Trim(),
        Consents = form["consents"].Aggregate(Consents.None, (all, name) => all | ServiceNames.Parse(name)),
    };

    public static HomeForm Of(Place place) => new() { Lat = Degrees(place.Lat), Lon = Degrees(place.Lon) };

    /// <summary>The place, or null where the fields are no place on the map.</summary>
    public Place? Place =>
        Number(Lat) is { } lat && Number(Lon) is { } lon && new Place(lat, lon, HomeDraft.DefaultUncertaintyM) is { IsValid: true } place ? place : null;

    /// <summary>The home that it describes; null: something is wrong with it.</summary>
    public HomeDraft? Draft => Place is { } place && new HomeDraft(place, Kind, Consents) is { Problem: null } draft ? draft : null;

    /// <summary>The same with what is wrong with it, for a form without a <see cref="Draft"/>.</summary>
    public HomeForm Refused() => this with { Problem = Place is null ? PlaceProblem : "Choose what sort of home it is." };

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Degrees(double degrees) => degrees.ToString("0.0#####", CultureInfo.InvariantCulture);
}
