using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MQTTnet;
using MQTTnet.Formatter;

namespace CivicSignals.Ingest.Mqtt.Broker;

/// <summary>How the platform connects to the external broker.</summary>
internal sealed class BrokerConnection(IOptions<BrokerOptions> options, TimeProvider time)
{
    /// <summary>How long a connection, a subscription or an answer may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Who is silent for one and a half of these is away: what the broker has under way to a silo that hangs waits for so long until another one takes it.</summary>
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Bytes that the system holds of what has arrived. The client's own 8 KB are less than one segment on a loopback connection: a burst makes the window close,
    /// and what follows comes at 30 KB a second. On a line of 20 ms they would be 400 KB a second.
    /// </summary>
    private const int SocketBuffer = 256 * 1024;

    /// <summary>Where it is.</summary>
    public BrokerAddress Address { get; } = BrokerAddress.TryParse(options.Value.Broker, out var address)
        ? address
        : throw new InvalidOperationException("Mqtt:Broker is empty");

    private string Presence => BrokerPresence.Topic(options.Value.BrokerGroup, options.Value.Session);

    /// <summary>A client for one connection.</summary>
    public IMqttClient Client(ILogger log) => new MqttClientFactory().CreateMqttClient(new MqttServerLog(log), new GatheringAdapters(time));

    /// <summary>This silo's session: the broker keeps for it what was not acknowledged, and says when the silo has gone.</summary>
    public MqttClientOptions Kept()
    {
        var builder = Keeping(options.Value.Session);
        BrokerPresence.AsWill(builder, Presence);
        return Build(builder);
    }

    /// <summary>Says that this silo is there.</summary>
    public MqttApplicationMessage Greeting() => BrokerPresence.Greeting(Presence);

    /// <summary>Says that this silo is going.</summary>
    public MqttApplicationMessage Farewell() => BrokerPresence.Farewell(Presence);

    /// <summary>Another silo's session, in its place.</summary>
    public MqttClientOptions KeptFor(string session) => Build(Keeping(session));

    /// <summary>A session that ends with its connection.</summary>
    /// <param name="suffix">Tells it from this silo's other ones.</param>
    public MqttClientOptions Passing(string suffix) => Build(Common($"{options.Value.Session}-{suffix}").WithCleanStart(true).WithReceiveMaximum(32));

    private static MqttClientOptions Build(MqttClientOptionsBuilder builder)
    {
        var built = builder.Build();
        ((MqttClientTcpOptions)built.ChannelOptions).BufferSize = SocketBuffer; // The builder has no word for it.
        return built;
    }

    private MqttClientOptionsBuilder Keeping(string session) => Common(session)
        .WithCleanStart(false)
        .WithSessionExpiryInterval((uint)options.Value.BrokerSessionExpiry)
        .WithReceiveMaximum((ushort)options.Value.BrokerReceiveMaximum);

    private MqttClientOptionsBuilder Common(string clientId)
    {
        var builder = new MqttClientOptionsBuilder()
            .WithTcpServer(Address.Host, Address.Port)
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithClientId(clientId)
            .WithKeepAlivePeriod(KeepAlive)
            .WithTimeout(Patience)
            .WithMaximumPacketSize(PacketLimits.AfterAdmission)
            .WithTopicAliasMaximum(0);
        if (options.Value.BrokerUser.Length > 0)
            builder.WithCredentials(options.Value.BrokerUser, options.Value.BrokerPassword);
        return Address.IsSecure ? builder.WithTlsOptions(Secure) : builder;
    }

    private void Secure(MqttClientTlsOptionsBuilder tls)
    {
        // As .NET's own clients: private authorities, the usual case here, publish no revocations.
        tls.UseTls().WithTargetHost(Address.Host).WithRevocationMode(X509RevocationMode.NoCheck);
        if (BrokerCertificates.Own(options.Value) is { Count: > 0 } own)
            tls.WithClientCertificates(own);
        if (BrokerCertificates.Authority(options.Value) is { Count: > 0 } authority)
            tls.WithTrustChain(authority);
    }
}
