using CivicSignals.Areas;
using CivicSignals.Fusion;
using CivicSignals.Incidents;
using CivicSignals.Signals;
using CsCheck;

namespace CivicSignals.Tests.Fusion;

public sealed class ExtentTests
{
    private static readonly Gen<Place> AnyPlace = Gen.Select(Gen.Double[-85, 85], Gen.Double[-180, 180], Gen.Double[0, 3000]).Select((lat, lon, m) => new Place(lat, lon, m));

    [Fact]
    public void IsBeyond_PlaceThatIsNear_IsNeverTrue() =>
        Gen.Select(AnyPlace, Gen.Double[-0.1, 0.1], Gen.Double[-2, 2], Gen.Double[0.5, 1]).Sample((place, north, east, share) =>
        {
            var extent = Of(place).Extent;
            var (lat, lon) = (Math.Clamp(place.Lat + north, -85, 85), place.Lon + east);
            var apart = Geo.DistanceM(place.Lat, place.Lon, lat, lon);
            Assert.False(extent.IsBeyond(lat, lon, apart));
            Assert.False(extent.IsBeyond(lat, lon, apart / share));
        }, iter: 20_000);

    [Theory]
    [InlineData(0.0015, 0, true)]
    [InlineData(0, 0.0025, true)]
    [InlineData(0.0012, 0, false)]
    [InlineData(0, 0.0019, false)]
    public void IsBeyond_FurtherThan140M_IsSeen(double north, double east, bool beyond) =>
        Assert.Equal(beyond, Of(new Place(53.05, -3, 15)).Extent.IsBeyond(53.05 + north, -3 + east, 140));

    [Fact]
    public void MostRadiusM_AnyEvidence_IsNoLessThanTheRadius() =>
        Gen.Select(AnyPlace, Gen.Select(Gen.Double[-0.01, 0.01], Gen.Double[-0.01, 0.01], Gen.Double[0, 3000]).Array[1, 6]).Sample((place, others) =>
        {
            var incident = Of([place, .. others.Select(other => new Place(place.Lat + other.Item1, place.Lon + other.Item2, other.Item3))]);
            Assert.True(incident.Extent.MostRadiusM >= Belief.Centre(incident).UncertaintyM - 0.001); // A millimetre, for what rounding does.
        });

    [Fact]
    public void Extent_OtherEvidence_IsThatOfTheOther()
    {
        var incident = Of(new Place(53.05, -3, 15));
        Assert.Equal(53.05, Belief.Centre(incident).Lat, 9);
        var moved = incident with { Evidence = Of(new Place(53.06, -3, 15)).Evidence };
        Assert.Equal(53.06, Belief.Centre(moved).Lat, 9);
        Assert.Equal(53.05, Belief.Centre(incident).Lat, 9);
    }

    private static Incident Of(params Place[] places) => new()
    {
        Id = "i",
        Hazard = Hazard.Fire,
        OpenedAt = default,
        Model = "m",
        Evidence = [.. places.Select((place, n) => new Evidence { Source = $"s{n}", Kind = "fire.smoke", At = default, Place = place, Consents = Consents.All })],
    };
}
