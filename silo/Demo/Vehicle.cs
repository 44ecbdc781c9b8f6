namespace CivicSignals.Silo.Demo;

/// <summary>One vehicle of the demo town.</summary>
/// <param name="Id">Its id in the registry, its MQTT user and the source of its messages.</param>
/// <param name="Station">Its ITS station id.</param>
public sealed record Vehicle(string Id, uint Station);
