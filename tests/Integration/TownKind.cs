namespace CivicSignals.Tests.Integration;

/// <summary>What a town runs on.</summary>
public enum TownKind
{
    /// <summary>One process, SQLite, the embedded MQTT server.</summary>
    Embedded,

    /// <summary>Three silos on one PostgreSQL database and a Mosquitto.</summary>
    Clustered,
}

/// <summary>What towns run on that do not ask for anything else: with <c>CIVIC_TOWN=cluster</c> in the environment a cluster.</summary>
internal static class TownKinds
{
    public static readonly TownKind Chosen = Environment.GetEnvironmentVariable("CIVIC_TOWN") == "cluster" ? TownKind.Clustered : TownKind.Embedded;

    /// <summary>Skips a test whose subject a cluster does not have.</summary>
    /// <param name="subject">The subject: <c>the embedded MQTT server</c>.</param>
    public static void SkipWhenClustered(string subject) => Assert.SkipWhen(Chosen == TownKind.Clustered, $"of one machine: {subject}");
}
