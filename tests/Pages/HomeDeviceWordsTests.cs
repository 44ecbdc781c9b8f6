using CivicSignals.Dashboard.Homes;
using CivicSignals.Homes;
using CivicSignals.Signals;

namespace CivicSignals.Tests.Pages;

public class HomeDeviceWordsTests
{
    [Theory]
    [InlineData("smoke alarm", "fire.smoke", "supervision.battery")]
    [InlineData("smoke and CO alarm", "gas.co", "fire.smoke")]
    [InlineData("smoke, heat and CO alarm", "fire.smoke", "fire.heat", "gas.co")]
    [InlineData("door or window sensor", "intrusion.vibration", "intrusion.contact")]
    [InlineData("emergency button", "sos.panic")]
    [InlineData("other device", "supervision.battery")]
    [InlineData("other device")]
    public void Name_ByKinds_IsWhatPeopleCallIt(string name, params string[] kinds) => Assert.Equal(name, DeviceWords.Name(kinds));

    [Theory]
    [InlineData("No devices found yet")]
    [InlineData("1 CO alarm found", "gas.co")]
    [InlineData("3 smoke alarms and 1 CO alarm found", "gas.co", "fire.smoke", "fire.smoke", "fire.smoke")]
    [InlineData("1 smoke alarm, 2 leak sensors and 1 other device found", "", "flood.indoor", "flood.indoor", "fire.smoke")]
    [InlineData("1 gas alarm and 1 burglar alarm found", "intrusion.alarm", "gas.combustible")]
    public void Found_Devices_AreCountedMostVitalFirst(string words, params string[] kinds) =>
        Assert.Equal(words, DeviceWords.Found(kinds.Select((kind, i) => new HomeDevice(new DeviceSighting($"d{i}", $"d{i}", [kind], null, "zigbee2mqtt"), null, default))));

    [Fact]
    public void Consents_EveryPurpose_IsExplainedOnce()
    {
        Assert.Equal(Consents.All | Consents.Prevention, ConsentWords.All.Aggregate(Consents.None, (all, consent) => all | consent.Purpose));
        Assert.Equal(7, ConsentWords.All.Select(consent => consent.Name).Distinct().Count());
    }
}
