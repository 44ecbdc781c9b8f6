namespace CivicSignals.Tests.Integration;

/// <summary>What a town runs on: how many silos, their settings, the MQTT server that guests come to, and the ledger.</summary>
internal interface IInstallation : IAsyncDisposable
{
    /// <summary>How many processes.</summary>
    int Silos { get; }

    /// <summary>Where guests come to.</summary>
    int MqttPort { get; }

    ITownLedger Ledger { get; }

    /// <summary>What stands between guests and the platform; null: the platform itself answers them.</summary>
    TownBroker? Broker { get; }

    /// <summary>Arguments of a silo of its own; the first is 1.</summary>
    string[] SettingsOf(int silo);

    /// <summary>Arguments by which a verb finds the ledger.</summary>
    string[] WhereTheLedgerIs { get; }

    /// <summary>Lets someone in whom the platform has just given a password, as the operator of a broker has to.</summary>
    Task AdmitAsync(string user, string password);

    /// <summary>Lets someone in no more.</summary>
    Task DismissAsync(string user);
}
