using CivicSignals.Ledger;
using MQTTnet.Exceptions;

namespace CivicSignals.Silo.Demo;

/// <summary>Runs the town from the moment that the platform listens until it stops.</summary>
public sealed partial class TownService(
    ITownWire wire,
    ITownOperator control,
    IHostApplicationLifetime life,
    TimeProvider time,
    ILogger<TownService> log) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var started = life.ApplicationStarted.Register(listening.SetResult);
        await listening.Task.WaitAsync(stoppingToken);

        var simulator = new TownSimulator(time, wire, control);
        LogBegins(DemoTown.Homes.Count, DemoTown.Vehicles.Count);
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = Beat;
            try
            {
                await simulator.StepAsync(stoppingToken);
            }
            catch (Exception e) when (e is MqttCommunicationException or LedgerUnavailableException or TimeoutException)
            {
                // While the platform stops, its MQTT server may be gone before the town is.
                if (stoppingToken.IsCancellationRequested)
                    return;
                LogLost(e);
                pause = AfterFailure;
            }

            await Task.Delay(pause, time, stoppingToken);
        }
    }

    [LoggerMessage(9001, LogLevel.Information, "The demo town is up: {Homes} homes and {Vehicles} vehicles. The first incident begins in ten seconds.")]
    private partial void LogBegins(int homes, int vehicles);

    [LoggerMessage(9002, LogLevel.Warning, "A message of the demo town was lost")]
    private partial void LogLost(Exception e);
}
