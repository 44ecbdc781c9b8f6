using CivicSignals.Signals;

namespace CivicSignals.Ingest.Registration;

/// <summary>The home or building that a gateway belongs to.</summary>
/// <param name="Id">1..64 characters.</param>
/// <param name="Gateway">Name of the gateway: its MQTT user and the second level of its topics.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="Kind">What it is, such as <c>dwelling</c>.</param>
/// <param name="Consents">Who may be told of what is observed there.</param>
public sealed record Premises(string Id, string Gateway, Place Place, string Kind, Consents Consents);

/// <summary>Something that sends the platform's own JSON.</summary>
/// <param name="Id">Its MQTT user and the second level of its topic.</param>
/// <param name="Place">Where it stands, or null when each message says so.</param>
public sealed record RegisteredSource(string Id, Place? Place);
