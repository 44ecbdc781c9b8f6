using System.Collections.Concurrent;
using System.Globalization;

namespace CivicSignals.Faults.Load;

/// <summary>A home whose sensors turn on and off all the time, over the platform's own JSON because that names each observation.</summary>
internal sealed class RestlessHome(int brokerPort, string gateway, TimeProvider time) : IDisposable
{
    private const int Sensors = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private readonly Publisher _publisher = new(brokerPort, gateway);

    public string Gateway => gateway;

    /// <summary>What the broker has acknowledged.</summary>
    public ConcurrentQueue<Sent> Acknowledged { get; } = new();

    /// <summary>Goes on until it is told to stop; each alarm that was begun is also ended.</summary>
    /// <param name="stop">Begins no other alarm.</param>
    /// <param name="given">Gives up.</param>
    public Task LiveAsync(CancellationToken stop, CancellationToken given) =>
        Task.WhenAll(Enumerable.Range(1, Sensors).Select(sensor => LiveAsync(sensor, stop, given)));

    public void Dispose() => _publisher.Dispose();

    private async Task LiveAsync(int sensor, CancellationToken stop, CancellationToken given)
    {
        var source = $"signals/{gateway}/sensor-{sensor}";
        var kind = sensor % 2 == 0 ? "fire.smoke" : "fire.heat";
        for (var n = 1; !stop.IsCancellationRequested; n++)
        {
            foreach (var ended in new[] { false, true })
            {
                var begun = time.GetUtcNow();
                var payload = $$"""{"id":"{{n}}","kind":"{{kind}}","active":{{(ended ? "false" : "true")}},"observedAt":"{{begun:O}}"}""";
                await _publisher.SendAsync(source, payload, retain: false, given);
                Acknowledged.Enqueue(new Sent(source, n.ToString(CultureInfo.InvariantCulture), ended, begun, time.GetUtcNow()));
                await Task.Delay(Pause, given);
            }
        }
    }
}
