using CivicSignals.Areas;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Signals;
using Microsoft.Extensions.Time.Testing;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace CivicSignals.Tests.Ingest;

public sealed class MqttServerTests
{
    private const string Smoke = """{"smoke":true}""";

    [Theory]
    [InlineData(MqttProtocolVersion.V311, MqttQualityOfServiceLevel.AtLeastOnce)]
    [InlineData(MqttProtocolVersion.V500, MqttQualityOfServiceLevel.AtLeastOnce)]
    [InlineData(MqttProtocolVersion.V500, MqttQualityOfServiceLevel.ExactlyOnce)]
    public async Task Publish_UntilTheAreaHasCommitted_IsNotAcknowledged(MqttProtocolVersion version, MqttQualityOfServiceLevel qos)
    {
        await using var town = await MqttTown.StartAsync();
        var committed = new TaskCompletionSource<OfferReceipt>();
        town.Areas.Answer = (_, _, _) => committed.Task;
        var client = await town.ConnectAsync("gw1", version);

        var published = client.PublishStringAsync("homes/gw1/z2m/hall smoke", Smoke, qos);
        await MqttTown.Until(() => !town.Areas.Offers.IsEmpty, "the offer");
        Assert.False(published.IsCompleted);
        committed.SetResult(new OfferReceipt([SignalOutcome.Evidence], null));

        var result = await published.WaitAsync(MqttTown.Patience, TestContext.Current.CancellationToken);
        Assert.True(result.IsSuccess);
        Assert.Equal(1, town.Account.Read().Evidence);
    }

    [Fact]
    public async Task Publish_ManyUnderWay_AreAcknowledgedEachAndAllAccountedFor()
    {
        await using var town = await MqttTown.StartAsync();
        var client = await town.ConnectAsync("gw1");
        var publishes = Enumerable.Range(0, 500).Select(i => client.PublishStringAsync(
            "homes/gw1/z2m/hall smoke",
            i % 3 == 0 ? "{" : i % 3 == 1 ? Smoke : """{"battery":1}""",
            MqttQualityOfServiceLevel.AtLeastOnce));

        await Task.WhenAll(publishes).WaitAsync(MqttTown.Patience, TestContext.Current.CancellationToken);

        var totals = town.Account.Read();
        Assert.Equal((500, 167, 167, 166, 0), (totals.Received, totals.Rejected, totals.Evidence, totals.Ambient, totals.InFlight));
    }

    [Fact]
    public async Task Publish_AreaFails_DropsTheClientSoThatItSendsAgain()
    {
        await using var town = await MqttTown.StartAsync();
        town.Areas.Answer = (_, _, _) => throw new TimeoutException();
        var client = await town.ConnectAsync("gw1");

        await Assert.ThrowsAnyAsync<Exception>(() => client
            .PublishStringAsync("homes/gw1/z2m/hall smoke", Smoke, MqttQualityOfServiceLevel.AtLeastOnce)
            .WaitAsync(MqttTown.Patience));
        await MqttTown.Until(() => !client.IsConnected, "the connection to end");

        town.Areas.Answer = (_, _, _) => Task.FromResult(new OfferReceipt([SignalOutcome.Evidence], null));
        var again = await town.ConnectAsync("gw1");
        Assert.True((await again.PublishStringAsync("homes/gw1/z2m/hall smoke", Smoke, MqttQualityOfServiceLevel.AtLeastOnce)).IsSuccess);
        Assert.Equal((1, 1), (town.Account.Read().Failed, town.Account.Read().Evidence));
    }

    [Fact]
    public async Task Publish_ForeignTopic_IsRefusedToAVersion5Client()
    {
        await using var town = await MqttTown.StartAsync();
        var client = await town.ConnectAsync("gw1", MqttProtocolVersion.V500);

        var result = await client.PublishStringAsync("homes/gw2/z2m/hall smoke", Smoke, MqttQualityOfServiceLevel.AtLeastOnce);

        Assert.Equal(MqttClientPublishReasonCode.NotAuthorized, result.ReasonCode);
        Assert.True(client.IsConnected);
        Assert.Equal(1, town.Account.Read().RejectedByReason[Reasons.ForeignTopic]);
        Assert.Equal("homes/gw2/z2m/hall smoke", Assert.Single(town.Letters.Newest(5)).Topic);
        Assert.Empty(town.Areas.Offers);
    }

    [Fact]
    public async Task Publish_ForeignTopic_EndsAVersion3Client()
    {
        await using var town = await MqttTown.StartAsync();
        var client = await town.ConnectAsync("gw1");
        await Assert.ThrowsAnyAsync<Exception>(() => client
            .PublishStringAsync("homes/gw2/z2m/hall smoke", Smoke, MqttQualityOfServiceLevel.AtLeastOnce)
            .WaitAsync(MqttTown.Patience));
        await MqttTown.Until(() => !client.IsConnected, "the connection to end");
        Assert.Equal(1, town.Account.Read().RejectedByReason[Reasons.ForeignTopic]);
    }

    [Fact]
    public async Task Publish_AfterTakingOverAKeptSession_GetsItsOwnAcknowledgements()
    {
        await using var town = await MqttTown.StartAsync();
        var committed = new TaskCompletionSource();
        town.Areas.Answer = async (_, signals, _) =>
        {
            await committed.Task;
            return new OfferReceipt([.. signals.Select(_ => SignalOutcome.Evidence)], null);
        };
        var first = await town.ConnectAsync("gw1", configure: options => options.WithClientId("kept").WithCleanSession(false));
        _ = first.PublishStringAsync("homes/gw1/z2m/x", Smoke, MqttQualityOfServiceLevel.AtLeastOnce);
        await MqttTown.Until(() => !town.Areas.Offers.IsEmpty, "the first offer");

        var second = await town.ConnectAsync("gw1", configure: options => options.WithClientId("kept").WithCleanSession(false));
        var pending = Enumerable.Range(0, 3)
            .Select(_ => second.PublishStringAsync("homes/gw1/z2m/x", Smoke, MqttQualityOfServiceLevel.AtLeastOnce))
            .ToList();
        await MqttTown.Until(() => town.Account.Read().Received == 4, "all four to be read");
        Assert.DoesNotContain(pending, publish => publish.IsCompleted);
        committed.SetResult();

        Assert.All(await Task.WhenAll(pending).WaitAsync(MqttTown.Patience, TestContext.Current.CancellationToken), result => Assert.True(result.IsSuccess));
        Assert.Equal(4, town.Account.Read().Evidence);
    }

    [Theory]
    [InlineData("mqttv311")]
    [InlineData("mqttv5")]
    public async Task Publish_ByMosquittosOwnClient_IsAcknowledged(string version)
    {
        const string Client = "/usr/bin/mosquitto_pub";
        if (!File.Exists(Client))
            Assert.Skip($"no {Client}");
        await using var town = await MqttTown.StartAsync();
        string[] arguments =
        [
            "-h", "127.0.0.1", "-p", $"{town.Port}", "-V", version, "-q", "1", "-u", "gw1", "-P", "s-gw1", "-r", "-t", "homes/gw1/z2m/x", "-m", Smoke,
            "--will-topic", "homes/gw1/z2m/bridge/state", "--will-payload", """{"state":"offline"}""", "--will-retain",
        ];
        using var process = System.Diagnostics.Process.Start(Client, arguments);

        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(MqttTown.Patience, TestContext.Current.CancellationToken);

        Assert.Equal(0, process.ExitCode);
        Assert.True(Assert.Single(town.Areas.Signals).SinceUnknown);
        Assert.Equal(1, town.Account.Read().Received); // It took its leave, so its will is not said.
    }

    [Fact]
    public async Task Publish_TooLarge_IsAcknowledgedRejectedAndNothingElseAffected()
    {
        await using var town = await MqttTown.StartAsync();
        var client = await town.ConnectAsync("gw1");
        Assert.True((await client.PublishBinaryAsync("homes/gw1/z2m/x", new byte[100_000], MqttQualityOfServiceLevel.AtLeastOnce)).IsSuccess);
        Assert.True((await client.PublishStringAsync("homes/gw1/z2m/x", Smoke, MqttQualityOfServiceLevel.AtLeastOnce)).IsSuccess);
        Assert.Equal((1, 1), ((int)town.Account.Read().RejectedByReason[Reasons.TooLarge], (int)town.Account.Read().Evidence));
    }

    [Fact]
    public async Task Publish_BeyondAllLimits_IsCutOffAndCounted()
    {
        await using var town = await MqttTown.StartAsync();
        var client = await town.ConnectAsync("gw1");
        await Assert.ThrowsAnyAsync<Exception>(() => client
            .PublishBinaryAsync("homes/gw1/z2m/bridge/devices", new byte[3_000_000], MqttQualityOfServiceLevel.AtLeastOnce)
            .WaitAsync(MqttTown.Patience));
        await MqttTown.Until(() => town.Account.Read() is { Received: 1, Rejected: 1 }, "the account");
    }

    [Fact]
    public async Task Publish_WhenTooManyAreInFlight_IsReadLater()
    {
        await using var town = await MqttTown.StartAsync(null, ("Mqtt:MaxInFlight", "2"));
        var committed = new TaskCompletionSource();
        town.Areas.Answer = async (_, signals, _) =>
        {
            await committed.Task;
            return new OfferReceipt([.. signals.Select(_ => SignalOutcome.Evidence)], null);
        };
        var client = await town.ConnectAsync("gw1");
        var publishes = Enumerable.Range(0, 20)
            .Select(_ => client.PublishStringAsync("homes/gw1/z2m/x", Smoke, MqttQualityOfServiceLevel.AtLeastOnce))
            .ToList();
        await MqttTown.Until(() => town.Account.Read().Received == 2, "two to be read");
        committed.SetResult();
        await Task.WhenAll(publishes).WaitAsync(MqttTown.Patience, TestContext.Current.CancellationToken);
        Assert.Equal(20, town.Account.Read().Evidence);
    }

    [Theory]
    [InlineData(new byte[] { 0x10, 0xff, 0xff, 0x7f })] // A CONNECT of 2 MiB.
    [InlineData(new byte[] { 0x30, 0x05 })] // Not a CONNECT.
    [InlineData(new byte[] { 0x10, 0xff, 0xff, 0xff, 0xff, 0x01 })] // A malformed length.
    public async Task Connection_BadFirstPacket_IsClosedByItsHeader(byte[] header)
    {
        await using var town = await MqttTown.StartAsync();
        await using var socket = await town.OpenAsync();
        await socket.WriteAsync(header, TestContext.Current.CancellationToken);
        await AssertClosedAsync(socket);
    }

    [Fact]
    public async Task Connection_SilentForTenSeconds_IsClosed()
    {
        var time = new FakeTimeProvider();
        await using var town = await MqttTown.StartAsync(time);
        await using var socket = await town.OpenAsync();
        var closed = AssertClosedAsync(socket);
        while (!closed.IsCompleted) // Kestrel may take the connection only after a first advance.
        {
            time.Advance(TimeSpan.FromSeconds(10));
            await Task.WhenAny(closed, Task.Delay(10, TestContext.Current.CancellationToken));
        }

        await closed;
    }

    [Fact]
    public async Task StopAsync_MessageInFlight_IsSettledFirst()
    {
        await using var town = await MqttTown.StartAsync();
        var committed = new TaskCompletionSource<OfferReceipt>();
        town.Areas.Answer = (_, _, _) => committed.Task;
        var client = await town.ConnectAsync("gw1");
        _ = client.PublishStringAsync("homes/gw1/z2m/x", Smoke);
        await MqttTown.Until(() => !town.Areas.Offers.IsEmpty, "the offer");

        var stopped = town.StopAsync();
        Assert.False(stopped.IsCompleted);
        committed.SetResult(new OfferReceipt([SignalOutcome.Evidence], null));
        await stopped.WaitAsync(MqttTown.Patience, TestContext.Current.CancellationToken);
        Assert.Equal((1, 0), (town.Account.Read().Evidence, town.Account.Read().InFlight));
    }

    private static async Task AssertClosedAsync(Stream socket)
    {
        try
        {
            var read = await socket.ReadAsync(new byte[1]).AsTask().WaitAsync(MqttTown.Patience);
            Assert.Equal(0, read);
        }
        catch (IOException)
        {
            // Reset: closed as well.
        }
    }
}
