using CivicSignals.Areas;
using CivicSignals.Signals;

namespace CivicSignals.Tests.Areas;

public sealed class QuadkeyTests
{
    // The first is the tile of the its-client sample topic, digit by digit.
    [Theory]
    [InlineData(44.7753167, -0.6518623, 22, "0313331112021001212121")]
    [InlineData(51.5074, -0.1278, 18, "031313131130100012")]
    public void At_KnownPoints_GivesTheirQuadkey(double lat, double lon, int zoom, string expected) =>
        Assert.Equal(expected, Quadkey.At(lat, lon, zoom));

    [Fact]
    public void Near_PointWellInside_IsAlone() =>
        Assert.Empty(Quadkey.Near(new Place(53.0466, -2.9925, 0), 1, 14));
}
