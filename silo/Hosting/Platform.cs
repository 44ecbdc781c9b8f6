using CivicSignals.Alerts;
using CivicSignals.Dashboard;
using CivicSignals.Fusion;
using CivicSignals.Ingest;
using CivicSignals.Ingest.Dialects.Scaip;
using CivicSignals.Ingest.Documents;
using CivicSignals.Ingest.Posts;
using CivicSignals.Neighbourhoods;
using CivicSignals.Silo.Hosting.Cluster;
using CivicSignals.Silo.Storage;
using CivicSignals.Silo.Telemetry;
using Microsoft.Extensions.Options;

namespace CivicSignals.Silo.Hosting;

/// <summary>The whole platform in one process.</summary>
public static class Platform
{
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(30);

    /// <summary>Puts the platform together, checks its configuration and opens the ledger. The caller starts it.</summary>
    /// <param name="arguments">Configuration, as <c>--Section:Key value</c>.</param>
    /// <param name="also">What a verb or a test adds, last.</param>
    /// <exception cref="StartException">It cannot start as configured.</exception>
    /// <exception cref="OptionsValidationException">It cannot start as configured; each failure is a line that names its key.</exception>
    public static async Task<WebApplication> OpenAsync(string[] arguments, Action<WebApplicationBuilder>? also = null)
    {
        // The settings file lies beside the program; paths in it are relative to the working directory.
        // The name finds the pages' assets, whoever hosts the program. Options are read once, at the start: nothing needs to watch files.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = ["--hostBuilder:reloadConfigOnChange", "false", .. arguments],
            ContentRootPath = AppContext.BaseDirectory,
            ApplicationName = typeof(Platform).Assembly.GetName().Name,
        });
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddGrains();
        builder.AddJudgement();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = StopWithin);

        // Started in this order and stopped in reverse: the ledger outlives the grains, the grains outlive those who call them.
        builder.AddTelemetry();
        builder.AddNeighbourhoods();
        builder.AddGazetteer();
        builder.AddLedger();
        builder.AddCluster();
        builder.AddGrains();
        builder.AddLedgerWork();
        builder.AddDashboard();
        builder.Services.AddPages();
        builder.AddHttp();
        also?.Invoke(builder);
        builder.AddIngest();

        var app = builder.Build();
        try
        {
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            app.Services.GetRequiredService<FusionModel>();
            app.Services.GetRequiredService<AlertPolicy>();
            app.Services.GetRequiredService<NeighbourhoodMap>();
            app.Services.GetRequiredService<Gazetteer>();
            app.Services.GetRequiredService<ILedgerStore>();
            app.MapPages();
            app.MapDashboard();
            app.MapTelecare();
            app.MapAsyncApi();
            app.MapTelemetry();
            app.MapGrainDashboard();
            app.MapStreets();
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>The port that a started platform serves HTTP on.</summary>
    public static int HttpPort(this WebApplication app) => app.Services.GetRequiredService<HttpEndpoint>().Port;

    private static void AddHttp(this WebApplicationBuilder builder)
    {
        builder.AddSection<HttpOptions>("Http", options => options.Problems());
        builder.Services.AddSingleton<HttpEndpoint>();
        builder.WebHost.ConfigureKestrel((host, kestrel) =>
        {
            // The server is made before options are validated; what is no port is refused there, so any will do here.
            var port = ushort.TryParse(host.Configuration["Http:Port"], out var given) ? given : new HttpOptions().Port;
            kestrel.ListenAnyIP(port, kestrel.ApplicationServices.GetRequiredService<HttpEndpoint>().ListensBy);
        });
    }
}
