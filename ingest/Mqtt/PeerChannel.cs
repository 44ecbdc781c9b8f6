using System.Buffers;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using CivicSignals.Ingest.Pipeline;
using Microsoft.Extensions.Logging;
using MQTTnet.Adapter;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace CivicSignals.Ingest.Mqtt;

/// <summary>
/// Stands between the MQTT server and one connection. Publishes never reach the server: they go to the pipeline as they are read, without
/// waiting, and are acknowledged from here when they are settled. So a PUBACK says: everything that the message changed is on disk.
/// When a message could not be handled, the connection is dropped and its sender sends it again.
/// </summary>
internal sealed class PeerChannel(
    Peer peer,
    IMqttChannelAdapter inner,
    AnswerOutput output,
    IMessageIntake messages,
    SignalPipeline pipeline,
    MqttGate gate,
    HomePrefix prefix,
    TimeProvider time,
    ILogger log) : IMqttChannelAdapter
{
    /// <summary>Unacknowledged messages that a client may have under way, as MQTT 5 tells it.</summary>
    private const ushort ReceiveMaximum = 4096;

    /// <summary>After so many messages that were there already, other connections get their turn.</summary>
    private const int Turn = 64;

    private Answers? _answers;
    private TimeSpan _keepAlive = Timeout.InfiniteTimeSpan;
    private DateTimeOffset _readAt;
    private DateTimeOffset _shownAt;
    private int _ownPings;

    public Peer Peer => peer;

    public long BytesReceived => inner.BytesReceived;

    public long BytesSent => inner.BytesSent;

    public X509Certificate2? ClientCertificate => inner.ClientCertificate;

    public EndPoint? RemoteEndPoint => inner.RemoteEndPoint;

    public EndPoint? LocalEndPoint => inner.LocalEndPoint;

    public bool IsSecureConnection => inner.IsSecureConnection;

    public MqttPacketFormatterAdapter PacketFormatterAdapter => inner.PacketFormatterAdapter;

    private Answers Answers => _answers ??= new Answers(output, () => Close("a message could not be handled"));

    private bool IsV5 => PacketFormatterAdapter.ProtocolVersion == MqttProtocolVersion.V500;

    public Task ConnectAsync(CancellationToken cancellationToken) => inner.ConnectAsync(cancellationToken);

    public Task DisconnectAsync(CancellationToken cancellationToken) => inner.DisconnectAsync(cancellationToken);

    public void ResetStatistics() => inner.ResetStatistics();

    public void Dispose() => inner.Dispose();

    public async Task<MqttPacket?> ReceivePacketAsync(CancellationToken cancellationToken)
    {
        for (var taken = 1; ; taken++)
        {
            var packet = await ReadAsync(cancellationToken);
            if (packet is not MqttPublishPacket publish)
            {
                Look(packet);
                return packet;
            }

            if (gate.IsClosing || peer.IsEnded || cancellationToken.IsCancellationRequested || !await AcceptAsync(publish, cancellationToken))
            {
                output.Release();
                return null; // What was not accepted is neither counted nor acknowledged: it comes again.
            }

            if (IsServerAnxious())
                return MqttPingReqPacket.Instance;
            if (taken % Turn == 0)
                await Task.Yield();
        }
    }

    public Task SendPacketAsync(MqttPacket packet, CancellationToken cancellationToken)
    {
        switch (packet)
        {
            case MqttPingRespPacket when _ownPings > 0:
                Interlocked.Decrement(ref _ownPings); // One answer is as good as another: the client's own pings get theirs.
                return Task.CompletedTask;
            case MqttConnAckPacket acknowledgement:
                acknowledgement.ReceiveMaximum = ReceiveMaximum;
                acknowledgement.MaximumPacketSize = PacketLimits.AfterAdmission;
                acknowledgement.TopicAliasMaximum = 0;
                break;
        }

        return inner.SendPacketAsync(packet, cancellationToken);
    }

    /// <summary>Says the client's will, if it vanished without a word.</summary>
    public async Task SayWillAsync()
    {
        if (peer is not { IsAdmitted: true, Will: { } will } || gate.IsClosing)
            return;
        await messages.AcceptAsync(new InboundMessage
        {
            Via = "mqtt",
            Topic = will.Topic,
            Payload = will.Payload,
            ReceivedAt = time.GetUtcNow(),
            Sender = peer.User,
        });
    }

    private async ValueTask<MqttPacket?> ReadAsync(CancellationToken cancellationToken)
    {
        if (output.Leaving is { } leaving)
            await leaving.WaitAsync(cancellationToken); // A client that does not read its answers is not read from.
        var receiving = inner.ReceivePacketAsync(cancellationToken);
        if (!receiving.IsCompleted)
            output.Release();
        var packet = await receiving;
        output.Hold();
        return packet;
    }

    /// <summary>Takes of a packet what the server shall not see.</summary>
    private void Look(MqttPacket? packet)
    {
        switch (packet)
        {
            case MqttConnectPacket connect:
                TakeWill(connect);
                if (!IsV5 && string.IsNullOrEmpty(connect.ClientId) && connect.CleanSession)
                    connect.ClientId = MqttGate.NewClientId();
                if (connect.KeepAlivePeriod > 0)
                    _keepAlive = TimeSpan.FromSeconds(connect.KeepAlivePeriod);
                break;
            case MqttDisconnectPacket { ReasonCode: not MqttDisconnectReasonCode.DisconnectWithWillMessage }:
                (peer.Will, peer.HasLeft) = (null, true);
                break;
        }
    }

    /// <summary>
    /// Whether it is time to show the server a sign of life: it ends a connection that it has not answered for one and a half keep-alive
    /// periods, and does not see what is handled here.
    /// </summary>
    private bool IsServerAnxious()
    {
        if (_keepAlive == Timeout.InfiniteTimeSpan || _readAt - _shownAt < _keepAlive / 2)
            return false;
        _shownAt = _readAt;
        Interlocked.Increment(ref _ownPings);
        return true;
    }

    /// <summary>Hands a publish to the pipeline; false when the connection has to end.</summary>
    private async ValueTask<bool> AcceptAsync(MqttPublishPacket publish, CancellationToken cancellationToken)
    {
        if (pipeline.Backlog.WaitForRoomAsync() is { IsCompleted: false } room)
        {
            output.Release();
            await room.WaitAsync(cancellationToken);
        }

        _readAt = time.GetUtcNow();
        var accepted = messages.AcceptAsync(Inbound(publish));
        var isOwed = publish.QualityOfServiceLevel > MqttQualityOfServiceLevel.AtMostOnce;
        if (!accepted.IsCompletedSuccessfully)
        {
            var later = accepted.AsTask();
            if (isOwed)
                Answers.Owe(publish.PacketIdentifier, publish.QualityOfServiceLevel, IsV5, later);
            if (publish.Payload.Length > SignalPipeline.MaxPayload)
            {
                output.Release();
                await later; // One at a time: a gateway's descriptions are large.
            }

            return true;
        }

        var outcome = accepted.Result;
        if (isOwed)
            Answers.Owe(publish.PacketIdentifier, publish.QualityOfServiceLevel, IsV5, outcome);
        if (IsV5 || outcome.Reason is not (Reasons.ForeignTopic or Reasons.BadTopic))
            return true;
        Close("it published where it may not"); // MQTT 3.1.1 has no other way to say so.
        return false;
    }

    private InboundMessage Inbound(MqttPublishPacket publish) => new()
    {
        Via = "mqtt",
        Topic = prefix.Strip(publish.Topic ?? ""),
        Payload = publish.Payload.IsSingleSegment ? publish.Payload.First : publish.Payload.ToArray(),
        ReceivedAt = _readAt,
        Retain = publish.Retain,
        Sender = peer.User,
        Properties = PropertiesOf(publish),
    };

    private void TakeWill(MqttConnectPacket connect)
    {
        if (connect.WillFlag)
            peer.Will = new MqttWill(prefix.Strip(connect.WillTopic ?? ""), connect.WillMessage ?? []);
        connect.WillFlag = false; // The server shall neither say nor retain it: that is done here, by the pipeline.
    }

    private void Close(string reason)
    {
        IngestLog.ConnectionClosed(log, reason);
        peer.Abort(reason);
    }

    private static List<KeyValuePair<string, string>>? PropertiesOf(MqttPublishPacket publish) =>
        publish.UserProperties is { Count: > 0 } properties
            ? [.. properties.Take(32).Select(property => KeyValuePair.Create(property.Name, property.ReadValueAsString()))]
            : null;
}
