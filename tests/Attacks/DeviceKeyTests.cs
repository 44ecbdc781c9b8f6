using System.Text.Json.Nodes;
using CivicSignals.Silo.Demo;
using CivicSignals.Tests.Replay;

namespace CivicSignals.Tests.Attacks;

/// <summary>Who has got hold of one key, or has recorded what was sent with it, stays one home or one vehicle.</summary>
public sealed class DeviceKeyTests
{
    private static readonly Dictionary<string, Action<AttackTown>> Replays = new()
    {
        ["the same alarm"] = town => Each(100, (minute, _) => town.Smoke(minute, "gw1")),
        ["alarm and clear"] = town => Each(100, (minute, i) => town.Smoke(minute, "gw1", active: i % 2 == 0)),
        ["two devices in turn"] = town => Each(100, (minute, i) => town.Smoke(minute, "gw1", active: i % 4 < 2).Heat(minute, "gw1", active: i % 4 >= 2)),
        ["all devices"] = town => Each(100, (minute, _) => town.Smoke(minute, "gw1").Heat(minute, "gw1").CarbonMonoxide(minute, "gw1")),
        ["every kind of a home"] = town => Each(6, (minute, i) =>
            Say(town, minute, $"signals/gw1/{i}", ((string[])["fire.smoke", "fire.heat", "fire.alarm-system", "gas.co", "gas.combustible", "gas.toxic"])[i])),
        ["invented devices"] = town => Each(100, (minute, i) => Say(town, minute, $"signals/gw1/{i}", i % 2 == 0 ? "fire.smoke" : "fire.heat")),
    };

    private static readonly Dictionary<string, (string Topic, string Kind)[]> Witnesses = new()
    {
        ["an official source"] = [("signals/gw1/a", "fire.smoke"), ("signals/gw1/b", "official.fire")],
        ["a person"] = [("signals/gw1/a", "fire.smoke"), ("signals/gw1/b", "report.fire")],
        ["a post"] = [("signals/gw1/a", "fire.smoke"), ("signals/gw1/b", "post.fire")],
        ["two vehicles"] = [("signals/gw1/a", "crash.accident"), ("signals/gw1/b", "crash.accident")],
        ["a vehicle"] = [("signals/gw1/a", "fire.smoke"), ("vehicles/gw1/b", "fire.vehicle")],
        ["two of one vehicle"] = [("signals/v1/a", "crash.accident"), ("vehicles/v1/b", "crash.accident")],
        ["a vehicle's driver"] = [("vehicles/v1/a", "crash.accident"), ("vehicles/v1/b", "driver.crash")],
    };

    public static TheoryData<string> AllReplays => [.. Replays.Keys];

    public static TheoryData<string> AllWitnesses => [.. Witnesses.Keys];

    [Theory]
    [MemberData(nameof(AllReplays))]
    public async Task Replay_OfOneHome_StaysOneHome(string replay)
    {
        using var town = Town();
        Replays[replay](town);
        (await town.PlayAsync()).StayedWithin(1);
    }

    [Theory]
    [MemberData(nameof(AllReplays))]
    public async Task Replay_NextDoorToATrueFire_SilencesNothing(string replay)
    {
        var (quiet, attacked) = await Crowds.BesideAsync(town => town.TrueFire(20), town =>
        {
            town.Home("gw1", 15, 0, DeviceCatalogue.Heat, DeviceCatalogue.CarbonMonoxide);
            Replays[replay](town);
        });
        Assert.InRange(attacked.ConfirmedAt, 0, quiet.ConfirmedAt);
        Assert.InRange(attacked.PublicAt, 0, quiet.PublicAt);
        Assert.Equal(1, Aftermath.Count(attacked.ToPublic));
    }

    /// <summary>One key as two witnesses: the second is none.</summary>
    [Theory]
    [MemberData(nameof(AllWitnesses))]
    public async Task Key_ThatPosesAsASecondWitness_ConfirmsNothing(string witness)
    {
        using var town = Town();
        foreach (var (topic, kind) in Witnesses[witness])
            Say(town, 1, topic, kind);
        var aftermath = await town.PlayAsync();
        aftermath.StayedWithin(0.5);
        Assert.Empty(aftermath.Rules);
    }

    /// <summary>A home's key says where that home is, not where the alarm is to sound.</summary>
    [Fact]
    public async Task Key_OfAHome_SpeaksOfNoOtherPlace()
    {
        using var town = Town();
        var (lat, lon) = town.At(900, 900);
        town.Mqtt(1, "signals/gw1/a", new JsonObject { ["kind"] = "fire.smoke", ["lat"] = lat, ["lon"] = lon });
        var incident = Assert.Single((await town.PlayAsync()).Incidents);
        Assert.Equal(AttackTown.InATile.Lat, incident.GetProperty("lat").GetDouble(), 3);
    }

    [Fact]
    public async Task Vehicle_ThatRepeatsItself_IsOneVehicle()
    {
        using var town = new AttackTown();
        for (var i = 0; i < 100; i++)
            town.Denm(1 + (i * 0.1), "v1", town.Event("v1", 1), 1 + (i * 0.1));
        var aftermath = await town.PlayAsync();
        aftermath.StayedWithin(0.6);
        Assert.Empty(aftermath.Rules);
    }

    /// <summary>Recorded on the air: sent again by its own sender, under another's name, and as another's own. Late, and an hour too late.</summary>
    [Fact]
    public async Task Vehicle_WhoseMessageIsSentAgain_IsOneVehicle()
    {
        using var town = new AttackTown();
        var recorded = town.Event("v1", 1);
        town.Crash(1, "v1");
        for (var i = 0; i < 20; i++)
        {
            town.Denm(2 + (i * 0.1), "v1", recorded, 1).Denm(5 + (i * 0.1), "v2", recorded, 1);
            town.Denm(8 + (i * 0.1), $"v{2 + i}", recorded with { Vehicle = recorded.Vehicle with { Id = $"v{2 + i}" } }, 1);
            town.Denm(62 + (i * 0.1), "v1", recorded, 1);
        }

        var aftermath = await town.Tick(400).PlayAsync();

        aftermath.StayedWithin(0.6);
        Assert.Empty(aftermath.Rules);
        Assert.Empty(aftermath.Open);
        Assert.Equal(20, aftermath.Summary.Count("rejected"));
    }

    [Fact]
    public async Task Vehicle_WhoseMessageIsSentAgain_SilencesNoTrueCrash()
    {
        var (quiet, attacked) = await Crowds.BesideAsync(town => town.TrueCrash(5), town =>
        {
            var recorded = town.Event("v1", 5);
            for (var i = 0; i < 20; i++)
                town.Denm(5.1 + (i * 0.05), "v2", recorded with { Vehicle = recorded.Vehicle with { Id = "v2" } }, 5);
        });
        attacked.ToldAsMuchAs(quiet);
    }

    private static AttackTown Town() => new AttackTown().Home("gw1", 0, 0, DeviceCatalogue.Heat, DeviceCatalogue.CarbonMonoxide);

    private static void Say(AttackTown town, double minute, string topic, string kind)
    {
        var said = new JsonObject { ["kind"] = kind };
        if (!topic.StartsWith("signals/gw", StringComparison.Ordinal))
            (said["lat"], said["lon"]) = (AttackTown.InATile.Lat, AttackTown.InATile.Lon);
        town.Mqtt(minute, topic, said);
    }

    private static void Each(int count, Action<double, int> tell)
    {
        for (var i = 0; i < count; i++)
            tell(1 + (i * 0.15), i);
    }
}
