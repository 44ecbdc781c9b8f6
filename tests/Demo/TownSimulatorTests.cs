using System.Text;
using System.Text.Json;
using CivicSignals.Areas;
using CivicSignals.Incidents;
using CivicSignals.Silo.Demo;

namespace CivicSignals.Tests.Demo;

public sealed class TownSimulatorTests
{
    [Fact]
    public async Task Step_FirstMinute_TellsAFireThenACrash()
    {
        var town = await RecordingWire.RunAsync(TimeSpan.FromSeconds(70));

        var alarms = town.Messages.Where(m => m.Message.Topic.EndsWith(" smoke") || m.Message.Topic.EndsWith(" heat"))
            .Where(m => Property(m.Message, "smoke").GetBoolean() && (m.Message.Topic.EndsWith(" heat") || !Property(m.Message, "test").GetBoolean()))
            .Select(m => (m.Seconds, m.Message.User, m.Message.Topic))
            .DistinctBy(m => m.Topic)
            .Take(4).ToList();
        Assert.Equal([10, 25, 35, 37], alarms.Select(alarm => alarm.Seconds));
        Assert.Equal(alarms[0].User, alarms[1].User);
        Assert.EndsWith("hall smoke", alarms[0].Topic);
        Assert.EndsWith("kitchen heat", alarms[1].Topic);
        Assert.Equal(3, alarms.Select(alarm => alarm.User).Distinct().Count());
        var homes = alarms.Select(alarm => DemoTown.Homes.First(home => home.Gateway == alarm.User)).ToList();
        Assert.All(homes, home => Assert.True(Geo.DistanceM(home.Lat, home.Lon, homes[0].Lat, homes[0].Lon) <= 60));

        var crash = Denms(town).Where(d => Cause(d.Message) == 2).DistinctBy(d => d.Message.User).ToList();
        Assert.Equal([45, 48, 57], crash.Select(d => d.Seconds));
    }

    [Fact]
    public async Task Step_FourMinutes_EndsWhatItBegan()
    {
        var town = await RecordingWire.RunAsync(TimeSpan.FromMinutes(4));

        Assert.Contains(town.Actions, action => action is { Verb: ActionVerb.AllClear, Seconds: < 180 });
        var crashed = Denms(town).Where(d => Cause(d.Message) == 2).GroupBy(d => d.Message.User).Take(3);
        Assert.All(crashed, vehicle =>
        {
            var ends = Management(vehicle.Last().Message);
            Assert.Equal(0, ends.GetProperty("termination").GetInt32());
            Assert.False(Management(vehicle.First().Message).TryGetProperty("termination", out _));
            Assert.Single(vehicle.Select(d => Management(d.Message).GetProperty("action_id").GetRawText()).Distinct());
        });
    }

    [Fact]
    public async Task Step_AfterTheStart_EveryHomeHasAnnouncedItselfAndRatesAreModest()
    {
        var town = await RecordingWire.RunAsync(TimeSpan.FromSeconds(60));

        Assert.Superset(DemoTown.Homes.Select(home => home.Gateway).ToHashSet(), town.Connected);
        Assert.Equal(DemoTown.Homes.Count, town.Messages.Count(m => m.Message.Topic.EndsWith("/bridge/devices") && m.Message.Retain));
        Assert.InRange(town.Messages.Count(m => m.Seconds is >= 40 and < 60) / 20, 50, 150);
    }

    [Fact]
    public async Task Step_AllMessages_ParseAndStayUnderTheirOwnPrefix()
    {
        var town = await RecordingWire.RunAsync(TimeSpan.FromMinutes(3));

        Assert.All(town.Messages, m =>
        {
            using var payload = JsonDocument.Parse(m.Message.Payload);
            Assert.True(m.Message.Topic.StartsWith($"homes/{m.Message.User}/z2m/", StringComparison.Ordinal)
                || m.Message.Topic.StartsWith($"civic/inQueue/v2x/denm/{m.Message.User}/0/3/1/", StringComparison.Ordinal));
        });
        Assert.Contains(town.Messages, m => m.Message.Topic.EndsWith(" smoke") && Property(m.Message, "test").GetBoolean());
        Assert.Contains(town.Messages, m => m.Message.Topic.EndsWith(" smoke") && Property(m.Message, "battery_low").GetBoolean());
    }

    [Fact]
    public async Task Step_Twice_SaysTheSame()
    {
        var (one, two) = (await RecordingWire.RunAsync(TimeSpan.FromSeconds(90)), await RecordingWire.RunAsync(TimeSpan.FromSeconds(90)));

        Assert.Equal(one.Messages.Select(Line), two.Messages.Select(Line));
    }

    private static string Line((double Seconds, TownMessage Message) m) =>
        $"{m.Seconds} {m.Message.User} {m.Message.Topic} {Encoding.UTF8.GetString(m.Message.Payload.Span)}";

    private static IEnumerable<(double Seconds, TownMessage Message)> Denms(RecordingWire town) =>
        town.Messages.Where(m => m.Message.Topic.Contains("/denm/"));

    private static int Cause(TownMessage message) =>
        Root(message).GetProperty("message").GetProperty("situation").GetProperty("event_type").GetProperty("cause").GetInt32();

    private static JsonElement Management(TownMessage message) => Root(message).GetProperty("message").GetProperty("management");

    private static JsonElement Property(TownMessage message, string name) => Root(message).GetProperty(name);

    private static JsonElement Root(TownMessage message) => JsonElement.Parse(message.Payload.Span);
}
