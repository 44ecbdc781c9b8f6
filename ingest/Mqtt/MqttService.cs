using CivicSignals.Ingest.Pipeline;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MQTTnet.Server;

namespace CivicSignals.Ingest.Mqtt;

/// <summary>
/// Runs the embedded MQTT server. It starts before Kestrel listens, so no connection finds it unready, and stops before anything else does:
/// what is in flight is settled while grains and ledger still work.
/// </summary>
internal sealed class MqttService(
    MqttEntrance entrance,
    MqttGate gate,
    IMessageIntake messages,
    SignalPipeline pipeline,
    IOptions<MqttOptions> options,
    TimeProvider time,
    ILogger<MqttService> log) : IHostedLifecycleService, IDisposable
{
    private static readonly TimeSpan SettleWithin = TimeSpan.FromSeconds(10);

    private readonly MqttServer _server = new(ServerOptions(), [entrance], new MqttServerLog(log));

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Anonymous)
            IngestLog.AnonymousIsOn(log);
        var recalled = await messages.RecallAsync(cancellationToken);
        _server.ValidatingConnectionAsync += gate.ValidateAsync;
        _server.InterceptingSubscriptionAsync += MqttGate.SubscribeAsync;
        _server.InterceptingUnsubscriptionAsync += MqttGate.UnsubscribeAsync;
        await _server.StartAsync();
        IngestLog.MqttReady(log, recalled);
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        IngestLog.MqttStopping(log, pipeline.Backlog.Count);
        gate.Close();
        try
        {
            await pipeline.Backlog.WaitUntilEmptyAsync().WaitAsync(SettleWithin, time, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            IngestLog.StoppedUnsettled(log, pipeline.Backlog.Count);
        }

        await _server.StopAsync(new MqttServerStopOptions());
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _server.Dispose();

    private static MqttServerOptions ServerOptions() => new MqttServerOptionsBuilder()
        .WithoutDefaultEndpoint()
        .WithMaxPendingMessagesPerClient(100)
        .Build();
}
