using System.Security.Cryptography;
using CivicSignals.Ingest.Posts;

namespace CivicSignals.Ingest.Mqtt.Broker;

/// <summary>Keeps a connection to the broker by one line after another.</summary>
/// <param name="next">Makes the next line.</param>
/// <param name="least">The shortest pause between two.</param>
/// <param name="most">The longest pause.</param>
/// <param name="time">The clock.</param>
internal sealed class BrokerLines(Func<BrokerLine> next, TimeSpan least, TimeSpan most, TimeProvider time)
{
    /// <summary>A line that lasted so long was a good one.</summary>
    private static readonly TimeSpan Lasting = TimeSpan.FromSeconds(30);

    /// <summary>Completes when it was told to close, and never fails for the broker's sake.</summary>
    /// <param name="connected">Called each time that a line is subscribed.</param>
    /// <param name="lost">Called each time that there is none, with the reason and the pause until the next attempt.</param>
    /// <param name="closing">As <see cref="BrokerLine.RunAsync"/>.</param>
    /// <param name="abandon">As <see cref="BrokerLine.RunAsync"/>.</param>
    public async Task KeepAsync(Action connected, Action<string, TimeSpan> lost, CancellationToken closing, CancellationToken abandon)
    {
        var backoff = new Backoff(Random.Shared, least, most);
        while (!closing.IsCancellationRequested)
        {
            var begun = time.GetTimestamp();
            try
            {
                await next().RunAsync(connected, closing, abandon);
            }
            catch (Exception e) when (e is BrokerLostException or CryptographicException or IOException or UnauthorizedAccessException)
            {
                if (time.GetElapsedTime(begun) > Lasting)
                    backoff.Reset();
                var pause = backoff.Next();
                lost(e.Message, pause); // A certificate's file may be away while it is renewed.
                await Task.Delay(pause, time, closing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
