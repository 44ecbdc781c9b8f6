using CivicSignals.Neighbourhoods;

namespace CivicSignals.Tests.Neighbourhoods;

public sealed class RingTests
{
    private static readonly (double, double)[] Unit = Square(0, 0, 1);

    [Fact]
    public void Touch_RingsThatShareGround_DoAndOthersDoNot()
    {
        Assert.True(Ring.Touch(Unit, Square(0.5, 0.5, 1)));
        Assert.True(Ring.Touch(Unit, Square(-1, -1, 3)));
        Assert.True(Ring.Touch(Unit, Square(0.4, 0.4, 0.1)));
        Assert.True(Ring.Touch(Unit, [(-1, 0.4), (2, 0.4), (2, 0.6), (-1, 0.6), (-1, 0.4)])); // A band across it: no corner within the other.
        Assert.False(Ring.Touch(Unit, Square(2, 2, 1)));
        Assert.False(Ring.Touch(Unit, [(1.2, -1), (3, 0.9), (1.2, 3), (1.2, -1)]));
    }

    private static (double, double)[] Square(double lat, double lon, double size) =>
        [(lat, lon), (lat, lon + size), (lat + size, lon + size), (lat + size, lon), (lat, lon)];
}
