using CivicSignals.Ingest.Pipeline;
using MQTTnet.Protocol;

namespace CivicSignals.Ingest.Mqtt;

/// <summary>
/// Acknowledges one connection's publishes, in their order [MQTT-4.6.0], each when what became of it is known. Given by the receiver, and by
/// whoever settles the one that the others wait for.
/// </summary>
/// <param name="output">Where to.</param>
/// <param name="fail">Ends the connection: a message could not be handled, and its sender shall send it again.</param>
internal sealed class Answers(AnswerOutput output, Action fail)
{
    private const byte PubAck = 0x40;
    private const byte PubRec = 0x50;

    private readonly Lock _gate = new();
    private readonly Queue<Owed> _owed = new();
    private Action? _goOn;
    private bool _isWaiting;
    private bool _hasFailed;

    /// <summary>Owes an acknowledgement for a message that is settled already.</summary>
    /// <param name="packet">Identifier of the PUBLISH.</param>
    /// <param name="level">Its quality of service, 1 or 2.</param>
    /// <param name="isV5">Whether the client speaks MQTT 5, which can tell of refusals.</param>
    /// <param name="outcome">What became of it.</param>
    public void Owe(ushort packet, MqttQualityOfServiceLevel level, bool isV5, in MessageOutcome outcome)
    {
        lock (_gate)
        {
            if (_owed.Count == 0)
                Answer(new(packet, level, isV5, null), outcome);
            else
                _owed.Enqueue(new(packet, level, isV5, Task.FromResult(outcome)));
        }

        output.Flush();
    }

    /// <summary>Owes an acknowledgement for a message that will be settled.</summary>
    public void Owe(ushort packet, MqttQualityOfServiceLevel level, bool isV5, Task<MessageOutcome> outcome)
    {
        lock (_gate)
        {
            _owed.Enqueue(new(packet, level, isV5, outcome));
            AnswerSettled();
        }
    }

    private void GoOn()
    {
        lock (_gate)
        {
            _isWaiting = false;
            AnswerSettled();
        }

        output.Flush();
    }

    private void AnswerSettled()
    {
        while (!_isWaiting && _owed.TryPeek(out var head))
        {
            if (head.Outcome!.IsCompleted)
            {
                _owed.Dequeue();
                Answer(head, head.Outcome.IsCompletedSuccessfully ? head.Outcome.Result : MessageOutcome.Failed(Reasons.AreaUnavailable));
            }
            else
            {
                _isWaiting = true;
                head.Outcome.GetAwaiter().UnsafeOnCompleted(_goOn ??= GoOn);
            }
        }
    }

    private void Answer(in Owed owed, in MessageOutcome outcome)
    {
        if (_hasFailed)
            return; // The connection ends: all that follows comes again with the one that failed.
        if (outcome.Status == MessageStatus.Failed)
        {
            _hasFailed = true;
            fail();
            return;
        }

        var refusal = !owed.IsV5 ? MqttPubAckReasonCode.Success : outcome.Reason switch
        {
            Reasons.ForeignTopic => MqttPubAckReasonCode.NotAuthorized,
            Reasons.BadTopic => MqttPubAckReasonCode.TopicNameInvalid,
            _ => MqttPubAckReasonCode.Success,
        };
        var type = owed.Level == MqttQualityOfServiceLevel.ExactlyOnce ? PubRec : PubAck;
        var (high, low) = ((byte)(owed.Packet >> 8), (byte)owed.Packet);
        if (refusal == MqttPubAckReasonCode.Success)
            output.Write([type, 2, high, low]);
        else
            output.Write([type, 3, high, low, (byte)refusal]);
    }

    /// <param name="Packet">Identifier of the PUBLISH.</param>
    /// <param name="Level">Its quality of service.</param>
    /// <param name="IsV5">Whether the client speaks MQTT 5.</param>
    /// <param name="Outcome">What becomes of it; null: known.</param>
    private readonly record struct Owed(ushort Packet, MqttQualityOfServiceLevel Level, bool IsV5, Task<MessageOutcome>? Outcome);
}
