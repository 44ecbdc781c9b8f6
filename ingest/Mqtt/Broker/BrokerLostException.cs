namespace CivicSignals.Ingest.Mqtt.Broker;

/// <summary>A connection to the broker was not made, or ended. The message says why, in words for an operator, without secrets.</summary>
internal sealed class BrokerLostException(string reason, Exception? inner = null) : Exception(reason, inner);
