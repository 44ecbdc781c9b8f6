using System.Globalization;
using System.Text;
using MQTTnet;
using MQTTnet.Formatter;

namespace CivicSignals.Tests.Integration;

/// <summary>What strangers send is answered, counted with its reason, and harms nobody else.</summary>
[Collection(PlatformCollection.Name)]
public sealed class StrangeMessagesTests
{
    private const string Device = "homes/gw1/z2m/hall smoke";

    private static readonly (string Topic, byte[] Payload, string Reason)[] Acknowledged =
    [
        (Device, "{\"smoke\":tru"u8.ToArray(), "not-json"),
        (Device, Encoding.UTF8.GetBytes("{\"a\":" + new string('[', 60) + new string(']', 60) + "}"), "too-deep"),
        (Device, [.. "{\"smoke\":true,\"x\":\""u8, 0xff, 0xfe, .. "\"}"u8], "bad-encoding"),
        (Device, new byte[100_000], "too-large"),
        ("signals/gw1/x", """{"kind":"no.such-kind"}"""u8.ToArray(), "unknown-kind"),
        ("signals/gw1/x", """{"kind":"fire.smoke","lat":99,"lon":0}"""u8.ToArray(), "bad-place"),
        ("signals/gw1/x", """{"kind":"fire.smoke","observedAt":"yesterday"}"""u8.ToArray(), "bad-time"),
        ("signals/gw1/x", "[]"u8.ToArray(), "bad-shape"),
        ("homes/gw1/nobody-knows-this", "1"u8.ToArray(), "unknown-dialect"),
        ("homes/gw1/z2m/bridge/devices", "{}"u8.ToArray(), "bad-shape"),
    ];

    [Fact]
    public async Task StrangeMessages_OfAllKinds_AreAnsweredAndCountedAndHarmNobody()
    {
        await using var town = await Town.StartAsync();
        var other = await town.GatewayAsync("gw3");
        var (modern, classic) = (await town.GuestAsync("gw1", version: MqttProtocolVersion.V500), await town.GuestAsync("gw1"));

        foreach (var (topic, payload, _) in Acknowledged)
        {
            Assert.Equal(MqttClientPublishReasonCode.Success, await modern.SendAsync(topic, payload));
            Assert.Equal(MqttClientPublishReasonCode.Success, await classic.SendAsync(topic, payload));
        }

        await AssertOthersGoOnAsync(town, other, modern, classic);
        await AssertCountedAsync(town, "homes/gw1/nobody-knows-this", [.. Acknowledged.Concat(Acknowledged).Select(message => message.Reason)]);
    }

    [Fact]
    public async Task StrangeMessages_ThatTheServerMayNotTake_AreAnsweredOrEndTheConnectionAndAreCounted()
    {
        TownKinds.SkipWhenClustered("what the embedded MQTT server answers to intruders");
        await using var town = await Town.StartAsync();
        var other = await town.GatewayAsync("gw3");
        var (modern, classic) = (await town.GuestAsync("gw1", version: MqttProtocolVersion.V500), await town.GuestAsync("gw1"));
        var (greedy, intruder) = (await town.GuestAsync("gw1"), await town.GuestAsync("gw2"));

        Assert.Equal(MqttClientPublishReasonCode.NotAuthorized, await modern.SendAsync("homes/gw3/z2m/hall smoke", """{"smoke":true}"""u8.ToArray()));
        await Assert.ThrowsAnyAsync<Exception>(() => intruder.SendAsync("homes/gw3/z2m/hall smoke", """{"smoke":true}"""u8.ToArray()));
        await Assert.ThrowsAnyAsync<Exception>(() => greedy.SendAsync("homes/gw1/z2m/bridge/devices", new byte[3_000_000]));
        await Patience.Until(() => Task.FromResult(!intruder.IsConnected && !greedy.IsConnected), "the end of both connections");

        await AssertOthersGoOnAsync(town, other, modern, classic);
        await AssertCountedAsync(town, "homes/gw3/z2m/hall smoke", ["foreign-topic", "foreign-topic", "too-large"]);
    }

    private static async Task AssertOthersGoOnAsync(Town town, Zigbee2Mqtt other, MqttGuest modern, MqttGuest classic)
    {
        Assert.Equal(MqttClientPublishReasonCode.Success, await modern.SendAsync(Device, """{"battery":97,"smoke":false}"""u8.ToArray()));
        Assert.Equal(MqttClientPublishReasonCode.Success, await classic.SendAsync(Device, """{"battery":97,"smoke":false}"""u8.ToArray()));
        await other.SmokeAsync();
        Assert.Equal("homes/gw3/0x00158d0001a20301", Assert.Single(town.Ledger.Read(1)).Body.GetProperty("source").GetString());
    }

    private static async Task AssertCountedAsync(Town town, string topic, string[] reasons)
    {
        var expected = reasons.CountBy(reason => reason).ToDictionary();
        var scrape = await town.MetricsAsync();
        Assert.Equal(expected.OrderBy(pair => pair.Key, StringComparer.Ordinal), scrape.Reasons.Select(pair => KeyValuePair.Create(pair.Key, (int)pair.Value)).OrderBy(pair => pair.Key, StringComparer.Ordinal));
        Assert.Equal(1, scrape.Outcomes["evidence"]);
        Assert.Equal(scrape.Received, scrape.Settled);
        await AssertOperationsPageSays(town, scrape, topic);
    }

    private static async Task AssertOperationsPageSays(Town town, Scrape scrape, string topic)
    {
        var page = await town.OperationsPageAsync(string.Create(CultureInfo.InvariantCulture, $"""Received</th><td class="number">{scrape.Received:#,0}</td>"""));
        Assert.Contains("Every message is accounted for", page, StringComparison.Ordinal);
        Assert.All(scrape.Reasons, reason =>
            Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"""{reason.Key}</th><td class="number">{reason.Value:#,0}</td>"""), page, StringComparison.Ordinal));
        Assert.Contains(topic, page, StringComparison.Ordinal);
    }
}
