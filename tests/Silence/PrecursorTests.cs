using CivicSignals.Signals;

namespace CivicSignals.Tests.Silence;

/// <summary>What comes before an alarm: on the household's page, never in the emergency queue.</summary>
public sealed class PrecursorTests : IAsyncLifetime
{
    private const string Kitchen = "homes/gw1/z2m/Kitchen thermometer";
    private SilenceBench _bench = null!;

    public async ValueTask InitializeAsync()
    {
        _bench = await SilenceBench.StartAsync();
        await _bench.AddAsync(Consents.Fire, "gw1 53.0466 -2.9925");
        await _bench.SendAsync("homes/gw1/z2m/bridge/devices", """
            [{"ieee_address":"0x01","friendly_name":"Kitchen thermometer","definition":{"model":"T1","exposes":[{"type":"numeric","property":"temperature","access":1,"unit":"°C"}]}},
             {"ieee_address":"0x02","friendly_name":"sauna","definition":{"model":"T1","exposes":[{"type":"numeric","property":"temperature","access":1,"unit":"°C"}]}},
             {"ieee_address":"0x03","friendly_name":"boiler","definition":{"model":"C1","exposes":[{"type":"numeric","property":"co","access":1,"unit":"ppm"}]}},
             {"ieee_address":"0x04","friendly_name":"air","definition":{"model":"C2","exposes":[{"type":"numeric","property":"co","access":1,"unit":"µg/m³"}]}}]
            """);
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Theory]
    [InlineData("homes/gw1/z2m/Kitchen thermometer", 60, "20 23 26 29 31", "0x01 Warming")]
    [InlineData("homes/gw1/z2m/Kitchen thermometer", 60, "20 23 26 29 31 31 31 31 31 31 31", "0x01 Warming-")]
    [InlineData("homes/gw1/z2m/Kitchen thermometer", 240, "20 23 26 29 31", "")]
    [InlineData("homes/gw1/z2m/Kitchen thermometer", 60, "20 22 24 22 20 22", "")]
    [InlineData("homes/gw1/z2m/Kitchen thermometer", 400, "20 35", "")]
    [InlineData("homes/gw1/z2m/sauna", 60, "20 40 60", "")]
    public async Task Temperature_OfAKitchenThatRisesFast_IsAFactUntilItNoLongerDoes(string topic, int seconds, string temperatures, string expected)
    {
        foreach (var degrees in temperatures.Split(' '))
        {
            await _bench.SendAsync(topic, $$"""{"battery":90,"temperature":{{degrees}}}""");
            _bench.Time.Advance(TimeSpan.FromSeconds(seconds));
        }

        await _bench.LookAsync();

        Assert.Equal(expected, await _bench.SaysAsync("gw1"));
        Assert.Empty(_bench.Areas.Offers);
    }

    [Theory]
    [InlineData("boiler", "0 12 29", "")]
    [InlineData("boiler", "0 30", "0x03 CarbonMonoxide")]
    [InlineData("boiler", "0 35 20 31", "0x03 CarbonMonoxide")]
    [InlineData("boiler", "0 35 15", "0x03 CarbonMonoxide-")]
    [InlineData("air", "0 500", "")]
    public async Task CarbonMonoxide_BelowAnAlarmsOwnLevel_IsAFactUntilItIsWellBelow(string device, string levels, string expected)
    {
        foreach (var level in levels.Split(' '))
            await _bench.SendAsync($"homes/gw1/z2m/{device}", $$"""{"co":{{level}}}""");

        await _bench.LookAsync();

        Assert.Equal(expected, await _bench.SaysAsync("gw1"));
        Assert.Empty(_bench.Areas.Offers);
    }

    [Fact]
    public async Task Temperature_ThatIsNone_IsNoFact()
    {
        foreach (var value in new[] { "\"hot\"", "null", "1e999", "{\"a\":1}", "20" })
            await _bench.SendAsync(Kitchen, $$"""{"temperature":{{value}}}""");
        await _bench.LookAsync();
        Assert.Equal("", await _bench.SaysAsync("gw1"));
    }
}
