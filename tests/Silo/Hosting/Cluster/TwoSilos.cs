using System.Net.Http.Headers;
using System.Text.Json;
using CivicSignals.Dashboard.Access;
using CivicSignals.Homes;
using CivicSignals.Tests.Integration;
using CivicSignals.Tests.Silo.Storage.Postgres;
using Microsoft.Extensions.DependencyInjection;
using MQTTnet;
using MQTTnet.Protocol;

namespace CivicSignals.Tests.Silo.Hosting.Cluster;

/// <summary>Two whole platforms on one database, in this process; each has an MQTT server of its own. Skips its test where there is no PostgreSQL.</summary>
internal sealed class TwoSilos : IAsyncDisposable
{
    private readonly PostgresServer _server;
    private readonly string _database;
    private readonly string _homes;

    private TwoSilos(PostgresServer server, string database, string homes, RunningPlatform[] silos) => (_server, _database, _homes, Silos) = (server, database, homes, silos);

    public RunningPlatform[] Silos { get; }

    /// <param name="gateways">Registered by a file that both are given; the secret is the name.</param>
    public static async Task<TwoSilos> StartAsync(params string[] gateways)
    {
        var server = await PostgresServer.SharedAsync();
        var database = await server.CreateDatabaseAsync();
        var homes = Path.GetTempFileName();
        var premises = gateways.Select((gateway, i) =>
            $$"""{"id":"p{{i}}","gateway":"{{gateway}}","secret":"{{gateway}}","lat":53.0{{i}}66,"lon":-2.9925,"kind":"dwelling","consents":["fire","police","ambulance","public"]}""");
        await File.WriteAllTextAsync(homes, $$"""{"premises":[{{string.Join(',', premises)}}]}""");
        var silos = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => RunningPlatform.StartAsync(
            null,
            $"--Ledger:ConnectionString={server.To(database)}",
            $"--Cluster:Port={PlatformProcess.FreePort()}",
            $"--Registry:File={homes}",
            "--Auth:FirstUser=ann",
            "--Auth:FirstPassword=correct horse battery")));
        return new TwoSilos(server, database, homes, silos);
    }

    /// <summary>Publishes at QoS 1 through one of the silos.</summary>
    public async Task PublishAsync(int silo, string gateway, string path, string payload)
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        var port = Silos[silo].App.Services.GetRequiredService<IGatewayEntrance>().Port;
        await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).WithCredentials(gateway, gateway).Build());
        await client.PublishAsync(new MqttApplicationMessageBuilder()
            .WithTopic($"homes/{gateway}/{path}").WithPayload(payload).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build());
        await client.DisconnectAsync();
    }

    /// <summary>A request to one silo, by a token that the other one made.</summary>
    public async Task<JsonElement> GetAsync(int silo, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Silos[1 - silo].App.Services.GetRequiredService<AccessTokens>().Issue("me", [Roles.Operator]));
        using var response = await Silos[silo].Http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return JsonElement.Parse(await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in Silos)
            await silo.DisposeAsync();
        await _server.DropDatabaseAsync(_database);
        File.Delete(_homes);
    }
}
