namespace CivicSignals.Tests.Ingest;

public sealed class HomeMemoryTests
{
    [Theory]
    [InlineData("homeassistant/binary_sensor/a/config", """{"stat_t":"esp/leak","dev_cla":"moisture"}""", "esp/leak", "ON", "flood.indoor")]
    [InlineData("homeassistant/device/a/config", """{"stat_t":"esp/leak","cmps":{"l":{"p":"binary_sensor","dev_cla":"moisture"}}}""", "esp/leak", "ON", "flood.indoor")]
    [InlineData("hass/binary_sensor/smoke/device_class", "\"smoke\"", "hass/binary_sensor/smoke/state", "on", "fire.smoke")]
    [InlineData("homie/5/dev1/$description", """{"nodes":{"smoke":{"properties":{"detected":{"datatype":"boolean"}}}}}""", "homie/5/dev1/smoke/detected", "true", "fire.smoke")]
    [InlineData("homie/dev1/smoke/detected/$datatype", "boolean", "homie/dev1/smoke/detected", "true", "fire.smoke")]
    public async Task RecallAsync_Description_MeansTheSameAfterARestartUntilItIsTakenBack(string topic, string payload, string state, string on, string kind)
    {
        var memory = new FakeMemory();
        await using (var before = new IngestBench(memory: memory))
            await before.SendAsync("homes/gw1/" + topic, payload, retain: true);

        await using (var after = new IngestBench(memory: memory))
        {
            await after.Pipeline.RecallAsync(CancellationToken.None);
            Assert.Equal(kind, Assert.Single(await after.SignalsOf("homes/gw1/" + state, on)).Kind);
            await after.SendAsync("homes/gw1/" + topic, "", retain: true);
            Assert.Empty(await after.SignalsOf("homes/gw1/" + state, on));
        }

        await using var later = new IngestBench(memory: memory);
        await later.Pipeline.RecallAsync(CancellationToken.None);
        Assert.Empty(await later.SignalsOf("homes/gw1/" + state, on));
    }
}
