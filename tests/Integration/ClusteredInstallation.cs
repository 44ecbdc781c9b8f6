using CivicSignals.Tests.Silo.Storage.Postgres;

namespace CivicSignals.Tests.Integration;

/// <summary>Three silos on a PostgreSQL database and a Mosquitto of their own; skips its test where one of these is absent.</summary>
internal sealed class ClusteredInstallation : IInstallation
{
    private readonly PostgresServer _server;
    private readonly string _database;
    private readonly TownBroker _broker;
    private readonly int[] _ports = [.. Enumerable.Range(0, 3).Select(_ => PlatformProcess.FreePort())];

    private ClusteredInstallation(PostgresServer server, string database, TownBroker broker)
    {
        (_server, _database, _broker) = (server, database, broker);
        Ledger = new LedgerDatabase(server, database);
    }

    public int Silos => _ports.Length;

    public int MqttPort => _broker.Port;

    public ITownLedger Ledger { get; }

    public TownBroker Broker => _broker;

    public string[] WhereTheLedgerIs => ["--Ledger:ConnectionString", _server.To(_database)];

    /// <param name="plan">Whose gateways and vehicles the broker lets in.</param>
    public static async Task<ClusteredInstallation> StartAsync(TownPlan plan)
    {
        var server = await PostgresServer.SharedAsync();
        var broker = await TownBroker.StartAsync([.. plan.Users]);
        try
        {
            return new ClusteredInstallation(server, await server.CreateDatabaseAsync(), broker);
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    public string[] SettingsOf(int silo) =>
    [
        .. WhereTheLedgerIs,
        "--Cluster:Port", $"{_ports[silo - 1]}",
        "--Mqtt:Broker", _broker.Address,
        "--Mqtt:BrokerUser", TownBroker.User,
        "--Mqtt:BrokerPassword", TownBroker.Password,
        "--Mqtt:BrokerSession", $"silo-{silo}",
    ];

    public Task AdmitAsync(string user, string password) => _broker.AdmitAsync(user, password);

    public Task DismissAsync(string user) => _broker.DismissAsync(user);

    public async ValueTask DisposeAsync()
    {
        await _broker.DisposeAsync();
        await _server.DropDatabaseAsync(_database);
    }
}
