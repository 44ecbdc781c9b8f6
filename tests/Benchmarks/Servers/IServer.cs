namespace CivicSignals.Benchmarks.Servers;

/// <summary>A server under load.</summary>
internal interface IServer : IDisposable
{
    /// <summary>What it is called in the report.</summary>
    string Name { get; }

    /// <summary>Where it speaks MQTT, on this machine.</summary>
    int MqttPort { get; }
}
