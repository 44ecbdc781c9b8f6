using System.Globalization;
using CivicSignals.Faults.Cluster;

namespace CivicSignals.Faults.Checks;

/// <summary>A silo's account of its messages.</summary>
internal sealed record AccountOf(long Received, long Settled)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public bool Adds => Received == Settled;

    /// <summary>Reads it from a silo's metrics when what is under way has settled, or has had the time to; null: the silo is down.</summary>
    public static async Task<AccountOf?> QuietAsync(SiloProcess silo)
    {
        var account = await TryReadAsync(silo);
        for (var began = TimeProvider.System.GetTimestamp(); account is { Adds: false } && TimeProvider.System.GetElapsedTime(began) < Patience;)
        {
            await Task.Delay(Pause);
            account = await TryReadAsync(silo);
        }

        return account;
    }

    private static async Task<AccountOf?> TryReadAsync(SiloProcess silo)
    {
        try
        {
            var lines = (await silo.MetricsAsync()).Split('\n');
            return new AccountOf(Sum(lines, "civicsignals_messages_received_total"), Sum(lines, "civicsignals_messages_settled_total"));
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    // "name{labels} value [timestamp]"
    private static long Sum(string[] lines, string name) => lines
        .Where(line => line.StartsWith(name, StringComparison.Ordinal))
        .Sum(line => (long)double.Parse(line[(line.LastIndexOf('}') + 1)..].Trim().Split(' ')[0], CultureInfo.InvariantCulture));
}
