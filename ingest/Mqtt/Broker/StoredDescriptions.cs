using CivicSignals.Duties;
using CivicSignals.Ingest.Pipeline;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MQTTnet;

namespace CivicSignals.Ingest.Mqtt.Broker;

/// <summary>
/// Reads what gateways had the broker keep about their devices: shared subscriptions are not given it. One silo does so for all, and all know it by
/// the gateway memory. What is said meanwhile comes here too and is left to the shared subscription.
/// </summary>
internal sealed class StoredDescriptions(
    IDuties duties,
    BrokerConnection connection,
    BrokerTopics topics,
    BrokerIntake intake,
    SignalPipeline pipeline,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<StoredDescriptions> log) : BackgroundService
{
    private const string Duty = "mqtt-stored-descriptions";

    private static readonly TimeSpan LeastPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MostPause = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // What comes last is settled while grains and ledger still work: nothing more is taken once the platform is told to stop.
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        await duties.RunAsync(Duty, ReadAsync, stopping.Token);
    }

    private Task ReadAsync(CancellationToken cancellation)
    {
        BrokerLine Next() => new(connection.Client(log), connection.Passing("stored"), topics.Stored(), TakeAsync, pipeline.Backlog.WaitForRoomAsync);
        return new BrokerLines(Next, LeastPause, MostPause, time).KeepAsync(
            () => IngestLog.StoredDescriptionsRead(log),
            (lost, pause) => IngestLog.StoredDescriptionsNotRead(log, lost, pause.TotalSeconds),
            cancellation,
            cancellation);
    }

    private ValueTask<MessageOutcome> TakeAsync(MqttApplicationMessage message) =>
        message.Retain ? intake.AcceptStoredAsync(message) : new(MessageOutcome.Ambient);
}
