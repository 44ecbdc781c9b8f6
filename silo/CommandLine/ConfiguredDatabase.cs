using CivicSignals.Silo.Hosting;
using CivicSignals.Silo.Storage;
using CivicSignals.Silo.Storage.Postgres;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CivicSignals.Silo.CommandLine;

/// <summary>The PostgreSQL database that configuration names.</summary>
internal static class ConfiguredDatabase
{
    /// <summary>Its connections, from the same sources of configuration as when serving, so that both find the same database.</summary>
    /// <param name="configuration">As <see cref="Arguments.Configuration"/>.</param>
    /// <param name="otherwise">What to say when there is none.</param>
    /// <exception cref="StartException">There is none, or it cannot be used.</exception>
    public static NpgsqlDataSource Source(string[] configuration, string otherwise)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = configuration, ContentRootPath = AppContext.BaseDirectory });
        builder.AddSection<LedgerOptions>("Ledger", options => options.Problems());
        using var host = builder.Build();
        var text = host.Services.GetRequiredService<IOptions<LedgerOptions>>().Value.ConnectionString;
        return text.Length > 0 ? PostgresSource.Create(text) : throw new StartException($"{LedgerOptions.Key}: is empty; {otherwise}");
    }
}
