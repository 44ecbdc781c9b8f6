using System.Diagnostics;
using System.Globalization;
using CivicSignals.Benchmarks.Load;
using CivicSignals.Benchmarks.Servers;
using Microsoft.Data.Sqlite;

namespace CivicSignals.Benchmarks.Measurements;

/// <summary>What the platform holds after so many messages.</summary>
/// <param name="City">Time that has passed in the city.</param>
/// <param name="Messages">Acknowledged so far.</param>
/// <param name="ResidentMiB">Memory of the process.</param>
/// <param name="LedgerMiB">Files of the data folder.</param>
/// <param name="Entries">Rows of the ledger's largest table.</param>
/// <param name="Complaints">Lines of warnings and worse so far.</param>
internal sealed record Soak(TimeSpan City, double Messages, double ResidentMiB, double LedgerMiB, long Entries, int Complaints)
{
    /// <summary>Messages of a cycle: each home has some false alarms a day.</summary>
    public const int Cycle = 400;

    private const double MiB = 1024 * 1024;

    /// <summary>With the platform's own runtime settings. Incidents are kept for a day, so that a soak of some days shows whether the ledger stays as large.</summary>
    public static Task<Platform> StartAsync(BenchOptions options) => Platform.StartAsync(
        options.Silo,
        ["exec", "--runtimeconfig", Path.ChangeExtension(options.Silo, ".runtimeconfig.json"), typeof(Soak).Assembly.Location, CityServer.Verb, options.Speed.ToString(CultureInfo.InvariantCulture)],
        [
            "--Retention:DetailDays", "1", "--Retention:FireDays", "1",
            "--Logging:LogLevel:Orleans.Runtime.AsyncTimer", "Error", "--Logging:LogLevel:Orleans.Runtime.MembershipService", "Error", // They notice the fast clock.
        ]);

    /// <summary>As much as it takes, looked at every so many seconds, until so many messages are acknowledged.</summary>
    public static async Task<IReadOnlyList<Soak>> MeasureAsync(BenchOptions options, Platform platform, Workload workload)
    {
        using var load = await LoadGenerator.OpenAsync(platform.MqttPort, new LoadShape(50, 20), workload);
        var looks = new List<Soak>();
        var start = Stopwatch.GetTimestamp();
        for (double acked = 0; acked < options.Messages;)
        {
            acked += (await load.SaturateAsync(TimeSpan.FromSeconds(options.Seconds))).Acked;
            looks.Add(new Soak(
                Stopwatch.GetElapsedTime(start) * options.Speed, acked, platform.ResidentBytes / MiB, platform.Files().Values.Sum() / MiB, await EntriesAsync(platform.Ledger), platform.Complaints));
        }

        Console.Error.WriteLine(platform.LastWords);
        return looks;
    }

    private static async Task<long> EntriesAsync(string ledger)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = ledger, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var count = connection.CreateCommand();
        count.CommandText = "SELECT count(*) FROM entry";
        return (long)(await count.ExecuteScalarAsync())!;
    }
}
