namespace CivicSignals.Tests.Integration;

/// <summary>All in one process.</summary>
/// <param name="data">Its data folder.</param>
internal sealed class EmbeddedInstallation(string data) : IInstallation
{
    public int Silos => 1;

    public int MqttPort { get; } = PlatformProcess.FreePort();

    public ITownLedger Ledger { get; } = new LedgerFile(Path.Combine(data, "ledger.db"));

    public TownBroker? Broker => null;

    public string[] WhereTheLedgerIs => ["--Data:Path", data];

    public string[] SettingsOf(int silo) => ["--Mqtt:Port", $"{MqttPort}"];

    // The platform is its own MQTT server: whom it knows, it lets in.
    public Task AdmitAsync(string user, string password) => Task.CompletedTask;

    public Task DismissAsync(string user) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
