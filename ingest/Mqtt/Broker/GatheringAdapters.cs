using MQTTnet;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;
using MQTTnet.Implementations;

namespace CivicSignals.Ingest.Mqtt.Broker;

/// <summary>Makes the MQTT client's connections: TCP, or TLS over it, that gather.</summary>
internal sealed class GatheringAdapters(TimeProvider time) : IMqttClientAdapterFactory
{
    public IMqttChannelAdapter CreateClientAdapter(MqttClientOptions options, MqttPacketInspector packetInspector, IMqttNetLogger logger) => new MqttChannelAdapter(
        new GatheringChannel(new MqttTcpChannel(options), time),
        new MqttPacketFormatterAdapter(options.ProtocolVersion, new MqttBufferWriter(options.WriterBufferSize, options.WriterBufferSizeMax)),
        logger)
    {
        AllowPacketFragmentation = options.AllowPacketFragmentation,
        PacketInspector = packetInspector,
    };
}
