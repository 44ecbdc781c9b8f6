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
/// Stands between the MQTT server and one connection. Publishes go to the pipeline as they are read, without waiting; their
/// acknowledgements wait here until the message is settled. So a PUBACK says: everything that the message changed is on disk.
/// When a message could not be handled, the connection is dropped and its sender sends it again.
/// </summary>
internal sealed class PeerChannel(
    Peer peer,
    IMqttChannelAdapter inner,
    AnswerOutput output,
    SignalPipeline pipeline,
    MqttGate gate,
    HomePrefix prefix,
    TimeProvider time,
    ILogger log) : IMqttChannelAdapter
{
    /// <summary>Unacknowledged messages that a client may have under way, as MQTT 5 tells it.</summary>
    private const ushort ReceiveMaximum = 4096;

    private readonly Settlements _settlements = new();

    public Peer Peer => peer;

    public long BytesReceived => inner.BytesReceived;

    public long BytesSent => inner.BytesSent;

    public X509Certificate2? ClientCertificate => inner.ClientCertificate;

    public EndPoint? RemoteEndPoint => inner.RemoteEndPoint;

    public EndPoint? LocalEndPoint => inner.LocalEndPoint;

    public bool IsSecureConnection => inner.IsSecureConnection;

    public MqttPacketFormatterAdapter PacketFormatterAdapter => inner.PacketFormatterAdapter;

    private bool IsV5 => PacketFormatterAdapter.ProtocolVersion == MqttProtocolVersion.V500;

    public Task ConnectAsync(CancellationToken cancellationToken) => inner.ConnectAsync(cancellationToken);

    public Task DisconnectAsync(CancellationToken cancellationToken) => inner.DisconnectAsync(cancellationToken);

    public void ResetStatistics() => inner.ResetStatistics();

    public void Dispose() => inner.Dispose();

    public async Task<MqttPacket?> ReceivePacketAsync(CancellationToken cancellationToken)
    {
        var receiving = inner.ReceivePacketAsync(cancellationToken);
        if (!receiving.IsCompleted)
            output.Release();
        var packet = await receiving;
        output.Hold();
        switch (packet)
        {
            case MqttPublishPacket publish:
                if (gate.IsClosing || peer.IsEnded)
                    return null; // Not counted, not acknowledged: it goes to the platform's next start.
                if (pipeline.Backlog.WaitForRoomAsync() is { IsCompleted: false } room)
                {
                    output.Release();
                    await room.WaitAsync(cancellationToken);
                }

                if (!await AcceptAsync(publish))
                    return null;
                break;
            case MqttConnectPacket connect:
                TakeWill(connect);
                if (!IsV5 && string.IsNullOrEmpty(connect.ClientId) && connect.CleanSession)
                    connect.ClientId = MqttGate.NewClientId();
                break;
            case MqttDisconnectPacket { ReasonCode: not MqttDisconnectReasonCode.DisconnectWithWillMessage }:
                (peer.Will, peer.HasLeft) = (null, true);
                break;
        }

        return packet;
    }

    public Task SendPacketAsync(MqttPacket packet, CancellationToken cancellationToken)
    {
        switch (packet)
        {
            case MqttPubAckPacket or MqttPubRecPacket:
                if (!_settlements.TryTake(((MqttPacketWithIdentifier)packet).PacketIdentifier, out var settlement))
                    return Task.CompletedTask;
                return settlement.IsCompletedSuccessfully
                    ? AnswerAsync(packet, settlement.Result, cancellationToken)
                    : WaitAndAnswerAsync(packet, settlement, cancellationToken);
            case MqttConnAckPacket acknowledgement:
                acknowledgement.ReceiveMaximum = ReceiveMaximum;
                acknowledgement.MaximumPacketSize = PacketLimits.AfterAdmission;
                acknowledgement.TopicAliasMaximum = 0;
                break;
        }

        output.MoreFollows = false;
        return inner.SendPacketAsync(packet, cancellationToken);
    }

    /// <summary>Says the client's will, if it vanished without a word.</summary>
    public async Task SayWillAsync()
    {
        if (peer is not { IsAdmitted: true, Will: { } will } || gate.IsClosing)
            return;
        await pipeline.AcceptAsync(new InboundMessage
        {
            Via = "mqtt",
            Topic = will.Topic,
            Payload = will.Payload,
            ReceivedAt = time.GetUtcNow(),
            Sender = peer.User,
        });
    }

    /// <summary>Hands a publish to the pipeline; false when the connection has to end.</summary>
    private async ValueTask<bool> AcceptAsync(MqttPublishPacket publish)
    {
        var accepted = pipeline.AcceptAsync(Inbound(publish));
        MessageOutcome now = default;
        Task<MessageOutcome>? later = null;
        if (accepted.IsCompletedSuccessfully)
            now = accepted.Result;
        else
            later = accepted.AsTask();
        if (publish.QualityOfServiceLevel > MqttQualityOfServiceLevel.AtMostOnce)
            _settlements.Owe(publish.PacketIdentifier, later is null ? new(now) : new(later));
        if (later is not null && publish.Payload.Length > SignalPipeline.MaxPayload)
        {
            output.Release();
            await later; // One at a time: a gateway's descriptions are large.
        }

        if (IsV5 || now.Reason is not (Reasons.ForeignTopic or Reasons.BadTopic))
            return true;
        Close("it published where it may not"); // MQTT 3.1.1 has no other way to say so.
        return false;
    }

    private InboundMessage Inbound(MqttPublishPacket publish) => new()
    {
        Via = "mqtt",
        Topic = prefix.Strip(publish.Topic ?? ""),
        Payload = publish.Payload.IsSingleSegment ? publish.Payload.First : publish.Payload.ToArray(),
        ReceivedAt = time.GetUtcNow(),
        Retain = publish.Retain,
        Sender = peer.User,
        Properties = PropertiesOf(publish),
    };

    private async Task WaitAndAnswerAsync(MqttPacket packet, ValueTask<MessageOutcome> settlement, CancellationToken cancellationToken) =>
        await AnswerAsync(packet, await settlement, cancellationToken);

    private Task AnswerAsync(MqttPacket packet, in MessageOutcome outcome, CancellationToken cancellationToken)
    {
        if (outcome.Status == MessageStatus.Failed)
        {
            // The server would skip this acknowledgement and go on, and the client would never send the message again.
            Close("a message could not be handled");
            return Task.FromCanceled(new CancellationToken(canceled: true));
        }

        var refusal = outcome.Reason switch
        {
            Reasons.ForeignTopic => MqttPubAckReasonCode.NotAuthorized,
            Reasons.BadTopic => MqttPubAckReasonCode.TopicNameInvalid,
            _ => MqttPubAckReasonCode.Success,
        };
        if (packet is MqttPubAckPacket acknowledgement)
            acknowledgement.ReasonCode = refusal;
        else if (packet is MqttPubRecPacket received)
            received.ReasonCode = (MqttPubRecReasonCode)refusal;
        output.MoreFollows = _settlements.NextIsSettled;
        return inner.SendPacketAsync(packet, cancellationToken);
    }

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
