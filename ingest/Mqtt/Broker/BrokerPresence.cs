using System.Buffers;
using MQTTnet;
using MQTTnet.Protocol;

namespace CivicSignals.Ingest.Mqtt.Broker;

/// <summary>What a silo has the broker say of it: that it is there, and when it has gone, for whatever reason.</summary>
internal static class BrokerPresence
{
    /// <summary>So long after a connection broke the broker says that its silo is gone, unless it has come back; seconds.</summary>
    private const uint Grace = 2;

    private static readonly byte[] Here = "here"u8.ToArray();
    private static readonly byte[] Gone = "gone"u8.ToArray();

    /// <summary>Where a silo's presence stands.</summary>
    /// <param name="group">Of the shared subscription.</param>
    /// <param name="session">Of the silo; <c>+</c>: of all.</param>
    public static string Topic(string group, string session) => $"civic-signals/silos/{group}/{session}";

    public static bool IsGone(MqttApplicationMessage message) => message.Payload.ToArray().AsSpan().SequenceEqual(Gone);

    /// <summary>To be said once connected.</summary>
    public static MqttApplicationMessage Greeting(string topic) => Said(topic, Here);

    /// <summary>To be said before the connection is given up for good: at once another silo takes what the broker has for this one.</summary>
    public static MqttApplicationMessage Farewell(string topic) => Said(topic, Gone);

    /// <summary>Leaves it to the broker to say the opposite.</summary>
    public static void AsWill(MqttClientOptionsBuilder connection, string topic) => connection
        .WithWillTopic(topic)
        .WithWillPayload(Gone)
        .WithWillRetain()
        .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
        .WithWillDelayInterval(Grace);

    private static MqttApplicationMessage Said(string topic, byte[] presence) =>
        new() { Topic = topic, PayloadSegment = presence, Retain = true, QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce };
}
