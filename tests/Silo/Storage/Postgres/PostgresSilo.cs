using System.Diagnostics.Metrics;
using CivicSignals.Silo.Storage.Postgres;
using CivicSignals.Silo.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CivicSignals.Tests.Silo.Storage.Postgres;

/// <summary>A store with its connections, as one silo has it, outside of a host.</summary>
internal sealed class PostgresSilo : IAsyncDisposable
{
    private readonly Npgsql.NpgsqlDataSource _source;

    private PostgresSilo(Npgsql.NpgsqlDataSource source, TimeProvider? time)
    {
        _source = source;
        Store = PostgresStore.Open(source, new LedgerMetrics(Meters()), time ?? TimeProvider.System, NullLogger<PostgresStore>.Instance);
    }

    public PostgresStore Store { get; }

    public static PostgresSilo Open(string connectionString, TimeProvider? time = null)
    {
        var source = PostgresSource.Create(connectionString);
        try
        {
            return new PostgresSilo(source, time);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await _source.DisposeAsync();
    }

    private static IMeterFactory Meters() => new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
}
