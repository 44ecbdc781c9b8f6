using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using CivicSignals.Silo.Demo;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace CivicSignals.Tests.Demo;

public sealed class MqttWireTests : IAsyncLifetime
{
    private readonly TownSecrets _secrets = new();
    private readonly int _port = FreePort();
    private readonly ConcurrentQueue<(string Client, string Topic, string Payload)> _received = [];
    private MqttServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = new MqttServerFactory().CreateMqttServer(
            new MqttServerOptionsBuilder().WithDefaultEndpoint().WithDefaultEndpointBoundIPAddress(IPAddress.Loopback).WithDefaultEndpointPort(_port).Build());
        _server.ValidatingConnectionAsync += args =>
        {
            args.ReasonCode = args.Password == _secrets.Of(args.UserName) ? MqttConnectReasonCode.Success : MqttConnectReasonCode.BadUserNameOrPassword;
            return Task.CompletedTask;
        };
        _server.InterceptingPublishAsync += args =>
        {
            _received.Enqueue((args.ClientId, args.ApplicationMessage.Topic, Encoding.UTF8.GetString(args.ApplicationMessage.Payload)));
            return Task.CompletedTask;
        };
        await _server.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync();
        _server.Dispose();
    }

    [Fact]
    public async Task Publish_RightSecret_ArrivesAsTheGatewaysOwn()
    {
        await using var wire = new MqttWire(_port, _secrets);
        var gateway = new HomeGateway(DemoTown.Homes[0], wire);

        await gateway.ReportAsync(DeviceCatalogue.Smoke, acknowledged: true, TestContext.Current.CancellationToken, ("smoke", true));

        Assert.All(_received, message => Assert.Equal("gw-0001", message.Client));
        Assert.Equal(
            ["bridge/state", "bridge/devices", .. DemoTown.Homes[0].Devices.Select(device => device.Name), "hall smoke"],
            _received.Select(message => message.Topic["homes/gw-0001/z2m/".Length..]));
        Assert.Equal("""{"battery":97,"battery_low":false,"linkquality":96,"smoke":true,"tamper":false,"test":false}""", _received.Last().Payload);
    }

    [Fact]
    public async Task Publish_AfterTheServerClosedTheConnection_ConnectsAgain()
    {
        await using var wire = new MqttWire(_port, _secrets);
        var message = new TownMessage("car-001", "civic/x", "{}"u8.ToArray(), Acknowledged: true);
        await wire.PublishAsync(message, TestContext.Current.CancellationToken);
        await _server.DisconnectClientAsync("car-001");

        // The client may learn of the close by the failure of a publish; that one is lost, the one after is not.
        if (await Record.ExceptionAsync(() => wire.PublishAsync(message, TestContext.Current.CancellationToken)) is { } lost)
            Assert.IsAssignableFrom<MqttCommunicationException>(lost);
        var before = _received.Count;
        await wire.PublishAsync(message, TestContext.Current.CancellationToken);

        Assert.Equal(before + 1, _received.Count);
    }

    [Fact]
    public async Task Connect_WrongSecret_Throws()
    {
        await using var wire = new MqttWire(_port, new TownSecrets());
        await Assert.ThrowsAnyAsync<MqttCommunicationException>(() => wire.ConnectAsync("gw-0001", null, TestContext.Current.CancellationToken));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
