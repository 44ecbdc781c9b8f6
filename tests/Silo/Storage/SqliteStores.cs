using System.Diagnostics.Metrics;
using CivicSignals.Silo.Storage.Sqlite;
using CivicSignals.Silo.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CivicSignals.Tests.Silo.Storage;

/// <summary>Opens ledgers outside of a host.</summary>
internal static class SqliteStores
{
    public static SqliteStore Open(string folder, int maxMiB = 0, TimeProvider? time = null) =>
        SqliteStore.Open(folder, maxMiB, new LedgerMetrics(Meters()), time ?? TimeProvider.System, NullLogger<SqliteStore>.Instance);

    private static IMeterFactory Meters() => new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
}
