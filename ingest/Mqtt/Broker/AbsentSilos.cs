using System.Collections.Concurrent;
using CivicSignals.Duties;
using CivicSignals.Ingest.Pipeline;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MQTTnet;

namespace CivicSignals.Ingest.Mqtt.Broker;

/// <summary>
/// Takes what the broker has for silos that are away, one silo for all. Mosquitto goes on giving the session of a dead silo its share, where it
/// would lie until the silo comes back or the session expires. When the silo comes back, its own connection ends this one.
/// </summary>
internal sealed class AbsentSilos(
    IDuties duties,
    BrokerConnection connection,
    BrokerTopics topics,
    BrokerIntake intake,
    SignalPipeline pipeline,
    IOptions<BrokerOptions> options,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<AbsentSilos> log) : BackgroundService
{
    private const string Duty = "mqtt-absent-silos";

    private static readonly TimeSpan LeastPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MostPause = TimeSpan.FromSeconds(4);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // What comes last is settled while grains and ledger still work: nothing more is taken once the platform is told to stop.
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        await duties.RunAsync(Duty, WatchAsync, stopping.Token);
    }

    private async Task WatchAsync(CancellationToken cancellation)
    {
        var absent = new ConcurrentDictionary<string, (CancellationTokenSource Back, Task StandIn)>();
        ValueTask<MessageOutcome> Hear(MqttApplicationMessage message)
        {
            var session = message.Topic[(message.Topic.LastIndexOf('/') + 1)..];
            if (session != options.Value.Session)
                Note(absent, session, BrokerPresence.IsGone(message), cancellation);
            return new(MessageOutcome.Ambient);
        }

        await Lines(() => new BrokerLine(connection.Client(log), connection.Passing("absent"), topics.Presences(), Hear, pipeline.Backlog.WaitForRoomAsync))
            .KeepAsync(() => { }, (lost, pause) => IngestLog.AbsentSilosUnknown(log, lost, pause.TotalSeconds), cancellation, cancellation);
        foreach (var (_, standIn) in absent.Values)
            await standIn;
    }

    private void Note(ConcurrentDictionary<string, (CancellationTokenSource Back, Task StandIn)> absent, string session, bool isGone, CancellationToken cancellation)
    {
        if (!isGone)
        {
            if (absent.TryRemove(session, out var standIn))
                standIn.Back.Cancel();
        }
        else if (!absent.ContainsKey(session))
        {
            var back = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            absent[session] = (back, Task.Run(() => StandInAsync(session, back), CancellationToken.None));
        }
    }

    private async Task StandInAsync(string session, CancellationTokenSource back)
    {
        using (back)
        {
            IngestLog.SiloAbsent(log, session);
            await Lines(() => new BrokerLine(connection.Client(log), connection.KeptFor(session), topics.Shared(), intake.AcceptAsync, pipeline.Backlog.WaitForRoomAsync))
                .KeepAsync(() => { }, (lost, pause) => IngestLog.StandInLost(log, session, lost, pause.TotalSeconds), back.Token, back.Token);
            IngestLog.StandInEnded(log, session);
        }
    }

    private BrokerLines Lines(Func<BrokerLine> next) => new(next, LeastPause, MostPause, time);
}
