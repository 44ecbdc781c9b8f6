using CivicSignals.Homes;

namespace CivicSignals.Ingest.Mqtt.Broker;

/// <summary>Gateways connect to the external broker: what they are told without <c>Mqtt:PublicUrl</c> is its port.</summary>
internal sealed class BrokerEntrance(BrokerConnection connection) : IGatewayEntrance
{
    public int Port => connection.Address.Port;
}
