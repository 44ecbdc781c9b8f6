using System.Collections.Concurrent;
using System.Text;

namespace CivicSignals.Tests.Integration;

/// <summary>
/// A home whose sensors turn on and off all the time, over the platform's own JSON because that names each observation.
/// It keeps a log of what was acknowledged.
/// </summary>
internal sealed class RestlessHome(MqttGuest mqtt, string gateway)
{
    private const int Sensors = 6;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    /// <summary>What was acknowledged: source, observation, and whether it was the end of it.</summary>
    public ConcurrentQueue<(string Source, string Event, bool Ended)> Acknowledged { get; } = new();

    /// <summary>Goes on until it is told to stop; each observation that was begun is sent to its acknowledgement.</summary>
    public Task LiveAsync(CancellationToken stop, CancellationToken given) =>
        Task.WhenAll(Enumerable.Range(1, Sensors).Select(sensor => LiveAsync(sensor, stop, given)));

    private async Task LiveAsync(int sensor, CancellationToken stop, CancellationToken given)
    {
        var source = $"signals/{gateway}/sensor-{sensor}";
        var kind = sensor % 2 == 0 ? "fire.smoke" : "fire.heat";
        for (var n = 1; !stop.IsCancellationRequested; n++)
        {
            foreach (var ended in new[] { false, true })
            {
                var at = TimeProvider.System.GetUtcNow();
                var payload = $$"""{"id":"{{n}}","kind":"{{kind}}","active":{{(ended ? "false" : "true")}},"observedAt":"{{at:O}}"}""";
                await mqtt.SendUntilAcknowledgedAsync(source, Encoding.UTF8.GetBytes(payload), given);
                Acknowledged.Enqueue((source, $"{n}", ended));
                await Task.Delay(Pause, given);
            }
        }
    }
}
