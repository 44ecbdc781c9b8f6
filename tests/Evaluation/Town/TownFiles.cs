using System.Text;
using CivicSignals.Evaluation.Days;
using CivicSignals.Evaluation.Wire;

namespace CivicSignals.Evaluation.Town;

/// <summary>The files that go with a recording: registry, neighbourhoods, gazetteer.</summary>
internal static class TownFiles
{
    private const double StreetRadiusM = 150, PartRadiusM = 900, TownRadiusM = 5000;

    /// <summary>Towns elsewhere that posts name; places rounded.</summary>
    private static readonly (string Name, double Lat, double Lon)[] Elsewhere =
        [("Leeds", 53.80, -1.55), ("Carlisle", 54.89, -2.94), ("Exeter", 50.72, -3.53), ("Bristol", 51.45, -2.59)];

    public static string Registry(TownPlan town)
    {
        var json = new StringBuilder("{\"premises\":[");
        var first = true;
        foreach (var home in town.Gateways)
        {
            var kind = home.Has(Sense.FireAlarmSystem) ? "non-residential" : "dwelling";
            json.Append(first ? "\n" : ",\n").Append(
                $$"""{"id":"p{{home.Number}}","gateway":"{{home.Gateway}}","lat":{{Json.Number(home.Place.Lat)}},"lon":{{Json.Number(home.Place.Lon)}},"kind":"{{kind}}","consents":["fire","police","ambulance","public"]}""");
            first = false;
        }

        json.Append("],\n\"vehicles\":[");
        for (var car = 1; car <= DayPlan.Vehicles; car++)
            json.Append(car == 1 ? "" : ",").Append($$"""{"id":"car-{{car}}"}""");
        return json.Append("]}\n").ToString();
    }

    public static string Neighbourhoods(TownPlan town)
    {
        var features = town.Neighbourhoods.Select(part =>
        {
            var (south, west, north, east) = (Json.Number(part.SouthWest.Lat), Json.Number(part.SouthWest.Lon), Json.Number(part.NorthEast.Lat), Json.Number(part.NorthEast.Lon));
            return $$$"""{"type":"Feature","properties":{"name":"{{{part.Name}}}"},"geometry":{"type":"Polygon","coordinates":[[[{{{west}}},{{{south}}}],[{{{east}}},{{{south}}}],[{{{east}}},{{{north}}}],[{{{west}}},{{{north}}}],[{{{west}}},{{{south}}}]]]}}""";
        });
        return $"{{\"type\":\"FeatureCollection\",\"features\":[\n{string.Join(",\n", features)}]}}\n";
    }

    public static string Gazetteer(TownPlan town)
    {
        var csv = new StringBuilder("name,lat,lon,radius_m\n");
        foreach (var street in town.StreetList)
            Add(street.Name, street.Middle, StreetRadiusM);
        foreach (var part in town.Neighbourhoods)
            Add(part.Name, part.Middle, PartRadiusM);
        Add(TownPlan.Name, Tiles.Corner(TownPlan.FirstColumn + (TownPlan.Columns / 2.0), TownPlan.FirstRow + (TownPlan.Rows / 2.0)), TownRadiusM);
        foreach (var (name, lat, lon) in Elsewhere)
            Add(name, new Point(lat, lon), TownRadiusM);
        return csv.ToString();

        void Add(string name, Point place, double radius) => csv.Append($"{name},{Json.Number(place.Lat)},{Json.Number(place.Lon)},{Json.Number(radius)}\n");
    }
}
