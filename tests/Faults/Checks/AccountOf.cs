using System.Globalization;
using CivicSignals.Faults.Cluster;

namespace CivicSignals.Faults.Checks;

/// <summary>A silo's account of its messages.</summary>
internal sealed record AccountOf(long Received, long Settled)
{
    public bool Adds => Received == Settled;

    /// <summary>Reads it from a silo's metrics, when nothing is under way; null: the silo is down.</summary>
    public static async Task<AccountOf?> TryReadAsync(SiloProcess silo)
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
