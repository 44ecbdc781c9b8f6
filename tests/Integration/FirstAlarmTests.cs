using System.Diagnostics;
using System.Text.RegularExpressions;

namespace CivicSignals.Tests.Integration;

/// <summary>A newcomer's first alarm: nothing configured, Mosquitto's own client, the credentials that the first start printed.</summary>
[Collection(PlatformCollection.Name)]
public sealed partial class FirstAlarmTests
{
    private const string Client = "/usr/bin/mosquitto_pub";

    [Fact]
    public async Task FirstAlarm_ByMosquittosOwnClient_OpensAnIncident()
    {
        TownKinds.SkipWhenClustered("silos that share a ledger make no first home");
        if (!File.Exists(Client))
            Assert.Skip($"no {Client}");
        await using var town = await Town.StartAsync(TownPlan.None);
        var (user, secret) = Printed(town.Said);

        using var client = Process.Start(
            Client,
            ["-h", "127.0.0.1", "-p", $"{town.MqttPort}", "-q", "1", "-u", user, "-P", secret, "-t", $"homes/{user}/zigbee2mqtt/hall smoke", "-m", """{"smoke":true,"battery":97}"""]);
        await client.WaitForExitAsync().WaitAsync(Patience.Answer);

        Assert.Equal(0, client.ExitCode);
        var incident = Assert.Single((await town.AskAsync("/api/incidents")).GetProperty("items").EnumerateArray());
        Assert.Equal(("Fire", "Open"), (incident.GetProperty("hazard").GetString(), incident.GetProperty("stage").GetString()));
    }

    private static (string User, string Secret) Printed(string said)
    {
        var match = Gateway().Match(said);
        Assert.True(match.Success, said);
        return (match.Groups[1].Value, match.Groups[2].Value);
    }

    [GeneratedRegex(@"MQTT user (\S+), password (\S+)")]
    private static partial Regex Gateway();
}
