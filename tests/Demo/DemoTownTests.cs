using System.Text.Json;
using System.Text.RegularExpressions;
using CivicSignals.Neighbourhoods;
using CivicSignals.Silo.Demo;

namespace CivicSignals.Tests.Demo;

public sealed partial class DemoTownTests
{
    private static readonly NeighbourhoodMap Map = NeighbourhoodMap.Parse(DemoTown.NeighbourhoodsGeoJson);

    [Fact]
    public void Neighbourhoods_AllRings_AreClosed()
    {
        Assert.InRange(Map.All.Count, 10, 14);
        Assert.All(Map.All, n => Assert.All(n.Rings, ring => Assert.Equal(ring[0], ring[^1])));
    }

    [Fact]
    public void Neighbourhoods_GridOfPoints_LieInAtMostOne()
    {
        var covered = 0;
        for (var lat = 53.015; lat < 53.08; lat += 0.00071)
        {
            for (var lon = -3.05; lon < -2.93; lon += 0.00113)
            {
                var holders = Map.All.Where(n => n.Contains(lat, lon)).Select(n => n.Name).ToList();
                Assert.True(holders.Count <= 1, $"{lat}, {lon} lies in {string.Join(" and ", holders)}");
                covered += holders.Count;
            }
        }

        Assert.True(covered > 3000);
    }

    [Fact]
    public void Neighbourhoods_TownCentre_HoldsTheCentre() => Assert.Equal("town-centre", Map.At(53.0466, -2.9925)?.Slug);

    [Fact]
    public void Streets_Network_IsOfTownSize() => Assert.InRange(DemoTown.Streets.Count, 150, 400);

    [Fact]
    public void Homes_All_LieInANeighbourhoodAndNoneIsEmpty()
    {
        Assert.True(DemoTown.Homes.Count >= 2000, $"{DemoTown.Homes.Count} homes");
        var inhabited = DemoTown.Homes.Select(home => Map.At(home.Lat, home.Lon)?.Slug).Distinct().ToList();
        Assert.DoesNotContain(null, inhabited);
        Assert.Equal(Map.All.Count, inhabited.Count);
    }

    [Fact]
    public void Ids_Everywhere_AreUnique()
    {
        AssertUnique(DemoTown.Homes.Select(home => home.Gateway));
        AssertUnique(DemoTown.Homes.Select(home => home.Premises));
        AssertUnique(DemoTown.Homes.Select(home => (home.Lat, home.Lon)));
        AssertUnique(DemoTown.Homes.SelectMany(home => home.Devices).Select(device => device.IeeeAddress));
        AssertUnique(DemoTown.Vehicles.Select(vehicle => vehicle.Id));
        AssertUnique(DemoTown.Vehicles.Select(vehicle => vehicle.Station));
        Assert.Equal(500, DemoTown.Vehicles.Count);
    }

    [Fact]
    public void Devices_AllAddresses_AreIeeeAddresses() =>
        Assert.All(DemoTown.Homes.SelectMany(home => home.Devices), device => Assert.Matches(IeeeAddress(), device.IeeeAddress));

    [Fact]
    public void Registry_Json_ListsEveryHomeAndVehicleWithItsSecret()
    {
        var secrets = new TownSecrets();
        using var registry = JsonDocument.Parse(TownRegistry.Json(secrets));
        var premises = registry.RootElement.GetProperty("premises").EnumerateArray().ToList();
        Assert.Equal(DemoTown.Homes.Count, premises.Count);
        Assert.Equal(DemoTown.Homes[7].Gateway, premises[7].GetProperty("gateway").GetString());
        Assert.Equal(secrets.Of(DemoTown.Homes[7].Gateway), premises[7].GetProperty("secret").GetString());
        Assert.Equal(500, registry.RootElement.GetProperty("vehicles").GetArrayLength());
    }

    [Fact]
    public void Secrets_TwoRuns_Differ() => Assert.NotEqual(new TownSecrets().Of("gw-0001"), new TownSecrets().Of("gw-0001"));

    [Fact]
    public void BridgeDevices_EveryDevice_ExposesWhatItPublishes()
    {
        using var list = JsonDocument.Parse(BridgeDevices.Json(DemoTown.Homes[5]));
        var devices = list.RootElement.EnumerateArray().Where(device => device.GetProperty("type").GetString() == "EndDevice").ToList();
        Assert.Equal(DemoTown.Homes[5].Devices.Count, devices.Count);
        foreach (var (device, json) in DemoTown.Homes[5].Devices.Zip(devices))
        {
            var exposed = json.GetProperty("definition").GetProperty("exposes").EnumerateArray().Select(e => e.GetProperty("property").GetString()!);
            Assert.Equal(device.Model.Resting.Keys.Order(), exposed.Order());
        }
    }

    private static void AssertUnique<T>(IEnumerable<T> items)
    {
        var all = items.ToList();
        Assert.Equal(all.Count, all.Distinct().Count());
    }

    [GeneratedRegex("^0x[0-9a-f]{16}$")]
    private static partial Regex IeeeAddress();
}
