using CivicSignals.Ingest.Pipeline;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CivicSignals.Ingest.Mqtt.Broker;

/// <summary>
/// Takes this silo's share of the messages that an external broker has, for as long as the silo runs: connects, and connects again. It stops
/// before anything else does: what is in flight is settled while grains and ledger still work.
/// </summary>
internal sealed class BrokerService(
    BrokerRehearsal rehearsal,
    BrokerConnection connection,
    BrokerTopics topics,
    BrokerState state,
    BrokerIntake intake,
    IMessageIntake messages,
    SignalPipeline pipeline,
    IOptions<BrokerOptions> options,
    IngestMetrics metrics,
    TimeProvider time,
    ILogger<BrokerService> log) : IHostedLifecycleService, IDisposable
{
    private static readonly TimeSpan SettleWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LeastPause = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan MostPause = TimeSpan.FromSeconds(4);

    private readonly CancellationTokenSource _closing = new();
    private readonly CancellationTokenSource _abandoned = new();
    private Task _running = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        IngestLog.BrokerChosen(log, options.Value.Broker, options.Value.Session, options.Value.BrokerGroup, await messages.RecallAsync(cancellationToken));
        metrics.Watch(state);
        _running = Task.Run(RunAsync, CancellationToken.None); // A broker that is away does not keep the platform from starting.
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        IngestLog.MqttStopping(log, pipeline.Backlog.Count);
        await _closing.CancelAsync();
        try
        {
            await Task.WhenAll(_running, pipeline.Backlog.WaitUntilEmptyAsync()).WaitAsync(SettleWithin, time, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            IngestLog.StoppedUnsettled(log, pipeline.Backlog.Count);
            await _abandoned.CancelAsync();
            await _running;
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _closing.Dispose();
        _abandoned.Dispose();
    }

    private async Task RunAsync()
    {
        await rehearsal.RunAsync(_closing.Token);
        BrokerLine Next() => new(
            connection.Client(log), connection.Kept(), topics.Shared(), intake.AcceptAsync, pipeline.Backlog.WaitForRoomAsync, connection.Greeting(), connection.Farewell());
        await new BrokerLines(Next, LeastPause, MostPause, time).KeepAsync(Connected, Lost, _closing.Token, _abandoned.Token);
    }

    private void Connected()
    {
        state.Connected();
        IngestLog.BrokerConnected(log, options.Value.Broker);
    }

    private void Lost(string reason, TimeSpan pause)
    {
        metrics.BrokerLost();
        if (state.Lost(reason))
            IngestLog.BrokerLost(log, reason, pause.TotalSeconds);
        else
            IngestLog.BrokerStillLost(log, reason, pause.TotalSeconds);
    }
}
