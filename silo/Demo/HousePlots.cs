using CivicSignals.Areas;
using CivicSignals.Neighbourhoods;

namespace CivicSignals.Silo.Demo;

/// <summary>Sets homes along the town's local streets, next-door neighbours together.</summary>
internal static class HousePlots
{
    private const int HomesPerStreet = 6;
    private const double FirstM = 22;
    private const double StepM = 14;
    private const double SetBackM = 13;

    /// <summary>The homes, the same at every call.</summary>
    public static IReadOnlyList<Home> Build(IReadOnlyList<Street> streets, NeighbourhoodMap map)
    {
        var homes = new List<Home>();
        foreach (var street in streets.Where(street => !street.IsMain))
        {
            for (var n = 0; n < HomesPerStreet; n++)
            {
                var along = Along(street, FirstM + (n * StepM));
                var (lat, lon) = SetBack(along, n % 2 == 0 ? SetBackM : -SetBackM);
                if (map.At(lat, lon) is not null)
                    homes.Add(Build(homes.Count + 1, $"{n + 1} {street.Name}", lat, lon));
            }
        }

        return homes;
    }

    private static Home Build(int number, string address, double lat, double lon)
    {
        var devices = new List<Device>
        {
            Pair(number, 1, "hall smoke", DeviceCatalogue.Smoke),
            Pair(number, 2, "kitchen heat", DeviceCatalogue.Heat),
            Pair(number, 3, "front door", DeviceCatalogue.Contact),
            Pair(number, 4, "living room", DeviceCatalogue.Climate),
        };
        if (number % 2 == 0)
            devices.Add(Pair(number, 5, "landing PIR", DeviceCatalogue.Motion));
        if (number % 3 == 0)
            devices.Add(Pair(number, 6, "leak under sink", DeviceCatalogue.Leak));
        if (number % 5 < 2)
            devices.Add(Pair(number, 7, "boiler CO", DeviceCatalogue.CarbonMonoxide));
        return new Home($"wxm-{number:0000}", $"gw-{number:0000}", address, Math.Round(lat, 6), Math.Round(lon, 6), devices);
    }

    private static Device Pair(int home, int device, string name, DeviceModel model) =>
        new($"0x00158d00{home:x4}{device:x4}", name, model);

    /// <summary>The point so many metres from a street's beginning, with the unit vector (east, north) along it there.</summary>
    private static (double Lat, double Lon, double East, double North) Along(Street street, double metres)
    {
        var i = 0;
        double length;
        while ((length = Geo.DistanceM(street.Points[i].Lat, street.Points[i].Lon, street.Points[i + 1].Lat, street.Points[i + 1].Lon)) < metres
            && i < street.Points.Count - 2)
        {
            metres -= length;
            i++;
        }

        var (a, b) = (street.Points[i], street.Points[i + 1]);
        var (perLat, perLon) = Geo.DegreesPerMetre(a.Lat);
        var (east, north) = ((b.Lon - a.Lon) / perLon / length, (b.Lat - a.Lat) / perLat / length);
        return (a.Lat + (north * metres * perLat), a.Lon + (east * metres * perLon), east, north);
    }

    private static (double Lat, double Lon) SetBack((double Lat, double Lon, double East, double North) along, double metres)
    {
        var (perLat, perLon) = Geo.DegreesPerMetre(along.Lat);
        return (along.Lat + (along.East * metres * perLat), along.Lon - (along.North * metres * perLon));
    }
}
