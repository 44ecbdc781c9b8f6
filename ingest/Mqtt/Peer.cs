using Microsoft.AspNetCore.Connections;
using MQTTnet.Adapter;
using MQTTnet.AspNetCore;
using MQTTnet.Formatter;

namespace CivicSignals.Ingest.Mqtt;

/// <summary>One network connection and who is at its other end. What it holds dies with the connection, unlike the server's sessions.</summary>
internal sealed class Peer(ConnectionContext connection, PacketLimits limits)
{
    /// <summary>The authenticated client; null before admission and when it is anonymous.</summary>
    public string? User { get; private set; }

    public string ClientId { get; private set; } = "";

    public MqttWill? Will { get; set; }

    /// <summary>Whether it has said goodbye, or was dropped by the platform: its end is no silence.</summary>
    public bool HasLeft { get; set; }

    /// <summary>Whether nothing more is taken from it.</summary>
    public bool IsEnded { get; private set; }

    public bool IsAdmitted => limits.Admitted;

    public string? Offence => limits.Offence;

    public IMqttChannelAdapter OpenChannel() =>
        new MqttConnectionContext(new MqttPacketFormatterAdapter(new MqttBufferWriter(4096, 65535)), connection);

    public void Admit(string? user, string clientId)
    {
        (User, ClientId) = (user, clientId);
        limits.Admitted = true;
    }

    /// <summary>Takes an admission back.</summary>
    public void Dismiss() => limits.Admitted = false;

    /// <summary>Drops the connection at once, for good.</summary>
    public void End(string reason)
    {
        (IsEnded, Will) = (true, null);
        Abort(reason);
    }

    /// <summary>Drops the connection at once: what was not acknowledged comes again.</summary>
    public void Abort(string reason)
    {
        HasLeft = true;
        connection.Abort(new ConnectionAbortedException(reason));
    }
}

/// <summary>What a client wants said when it vanishes.</summary>
internal sealed record MqttWill(string Topic, byte[] Payload);
