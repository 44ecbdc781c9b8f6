namespace CivicSignals.Homes;

/// <summary>Where homes' gateways come in on this machine.</summary>
public interface IGatewayEntrance
{
    /// <summary>TCP port of MQTT, known once the host has started.</summary>
    int Port { get; }
}
