using System.Text;
using CivicSignals.Homes;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Signals;
using MQTTnet;
using MQTTnet.Protocol;

namespace CivicSignals.Tests.Ingest;

/// <summary>What people change about a home, seen from its connection.</summary>
public sealed class HomeChangesTests
{
    private const string Smoke = """{"smoke":true}""";

    [Fact]
    public async Task Revoke_OpenConnection_IsClosedAtOnceAndNewOnesAreRefused()
    {
        await using var town = await MqttTown.StartAsync();
        var (client, other) = (await town.ConnectAsync("gw1"), await town.ConnectAsync("gw2"));

        Assert.True(await town.Homes.RevokeAsync("gw1", CancellationToken.None));

        await MqttTown.Until(() => !client.IsConnected, "the end of the connection");
        await Assert.ThrowsAnyAsync<Exception>(() => town.ConnectAsync("gw1"));
        Assert.True((await other.PublishStringAsync("homes/gw2/z2m/hall smoke", Smoke, MqttQualityOfServiceLevel.AtLeastOnce)).IsSuccess);
    }

    [Fact]
    public async Task Revoke_ClientWithAWill_DoesNotSayIt()
    {
        await using var town = await MqttTown.StartAsync();
        var client = await town.ConnectAsync("gw1", configure: options => options.WithWillTopic("homes/gw1/z2m/hall smoke").WithWillPayload(Smoke));
        await town.Homes.RevokeAsync("gw1", CancellationToken.None);
        await MqttTown.Until(() => !client.IsConnected, "the end of the connection");
        await town.StopAsync();
        Assert.Equal(0, town.Account.Read().Received);
    }

    [Fact]
    public async Task Rotate_OldSecret_EndsAndTheNewOneSignsIn()
    {
        await using var town = await MqttTown.StartAsync();
        var client = await town.ConnectAsync("gw1");

        var secret = await town.Homes.RotateAsync("gw1", HomeCredential.Mqtt, CancellationToken.None);

        await MqttTown.Until(() => !client.IsConnected, "the end of the connection");
        await Assert.ThrowsAnyAsync<Exception>(() => town.ConnectAsync("gw1"));
        Assert.True((await town.ConnectAsync(null, configure: options => options.WithCredentials("gw1", secret))).IsConnected);
    }

    [Fact]
    public async Task Unclaimed_Gateway_IsAdmittedAndHeardButNeverEvidence()
    {
        await using var town = await MqttTown.StartAsync();
        var report = await town.Homes.ImportAsync("gateway,secret\nnew1,s-new1\n"u8.ToArray(), ImportFormat.Csv, CancellationToken.None);
        var client = await town.ConnectAsync("new1");
        await client.PublishStringAsync("homes/new1/z2m/hall smoke", Smoke, MqttQualityOfServiceLevel.AtLeastOnce);
        await client.PublishStringAsync("signals/new1", """{"kind":"fire.smoke","lat":53,"lon":-3}""", MqttQualityOfServiceLevel.AtLeastOnce);

        Assert.Equal(2, town.Account.Read().RejectedByReason[Reasons.UnclaimedGateway]);
        var unclaimed = Assert.Single(await town.Homes.ListAsync(new HomeQuery(Claimed: false), CancellationToken.None));
        Assert.Equal(("new1", 2L), (unclaimed.Gateway, unclaimed.Heard.Messages));
        Assert.NotNull(unclaimed.Heard.LastAt);

        var draft = new HomeDraft(new Place(53.05, -2.99, 15), "dwelling", Consents.Fire);
        Assert.NotNull(await town.Homes.ClaimAsync("new1", report.Lines[0].ClaimSecret!, draft, CancellationToken.None));

        await MqttTown.Until(() => !client.IsConnected, "a fresh start, so that it says again which devices it has");
        var again = await town.ConnectAsync("new1");
        await again.PublishStringAsync("homes/new1/z2m/hall smoke", Smoke, MqttQualityOfServiceLevel.AtLeastOnce);
        Assert.Equal(Consents.Fire, Assert.Single(town.Areas.Signals).Consents);
    }

    [Fact]
    public async Task Consent_Changed_GoesWithTheNextSignalOfAnOpenConnection()
    {
        await using var town = await MqttTown.StartAsync();
        var client = await town.ConnectAsync("gw1");
        await client.PublishStringAsync("homes/gw1/z2m/hall smoke", Smoke, MqttQualityOfServiceLevel.AtLeastOnce);
        Assert.True(Assert.Single(town.Areas.Signals).Consents.HasFlag(Consents.Public));

        await town.Homes.ConsentAsync("gw1", Consents.Fire, CancellationToken.None);
        await client.PublishStringAsync("homes/gw1/z2m/hall smoke", Smoke, MqttQualityOfServiceLevel.AtLeastOnce);

        Assert.Equal(Consents.Fire, town.Areas.Signals.Last().Consents);
        Assert.Contains(town.Areas.Revisions, told => told.Home is { Change: HomeChange.Consents, Premises: "p1", Consents: Consents.Fire });
    }

    [Fact]
    public async Task Erase_Home_EndsItsConnectionAndTellsItsAreas()
    {
        await using var town = await MqttTown.StartAsync();
        var client = await town.ConnectAsync("gw1");

        Assert.NotNull(await town.Homes.EraseAsync("gw1", CancellationToken.None));

        await MqttTown.Until(() => !client.IsConnected, "the end of the connection");
        Assert.Contains(town.Areas.Revisions, told => told.Home is { Change: HomeChange.Erased, Premises: "p1" });
        Assert.Null(await town.Homes.FindAsync("gw1", CancellationToken.None));
        Assert.Null(await town.Homes.EraseAsync("gw1", CancellationToken.None));
    }

    [Fact]
    public async Task Strangers_OfAnonymousClients_AreListedAndBounded()
    {
        await using var town = await MqttTown.StartAsync(settings: ("Mqtt:Anonymous", "true"));
        var client = await town.ConnectAsync(null);
        for (var i = 0; i < 250; i++)
            await client.PublishStringAsync($"homes/who{i}/z2m/hall smoke", Smoke, MqttQualityOfServiceLevel.AtLeastOnce);

        var strangers = town.Homes.Strangers();
        Assert.Equal(200, strangers.Count);
        Assert.Contains(strangers, stranger => stranger is { Name: "who249", Heard.Messages: 1 });
        Assert.Equal(250, town.Account.Read().RejectedByReason[Reasons.UnregisteredSource]);
    }

    [Theory]
    [InlineData("gateway,lat,lon\r\n\"gw,9\",53,-3\r\n\r\n\"gw \"\"10\"\"\",53,-3", "gw,9|gw \"10\"", "2|4")]
    [InlineData("\ufefflat,lon,gateway\n53,-3,a\n", "a", "2")]
    [InlineData("gateway,kind,lat,lon\na,\"two\nlines\",53,-3\nb,,53,-3", "a|b", "2|4")]
    public async Task Import_Csv_ReadsQuotesAndCountsLines(string csv, string gateways, string numbers)
    {
        await using var town = await MqttTown.StartAsync();
        var report = await town.Homes.ImportAsync(Encoding.UTF8.GetBytes(csv), ImportFormat.Csv, CancellationToken.None);
        Assert.Equal(gateways.Split('|'), report.Lines.Select(line => line.Gateway));
        Assert.Equal(numbers.Split('|'), report.Lines.Select(line => $"{line.Number}"));
    }
}
