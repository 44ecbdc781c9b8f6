using CivicSignals.Areas;
using CivicSignals.Ingest;
using CivicSignals.Ledger;
using CivicSignals.Silo.Hosting;
using CivicSignals.Silo.Storage;
using Microsoft.Extensions.Logging.Console;
using Orleans.Configuration;

namespace CivicSignals.Silo.Replay;

/// <summary>The platform without its doors: pipeline, areas and ledger in one process, nothing that listens and no clock but the recording's.</summary>
internal static class ReplayHost
{
    // Areas hold soft state that only they know: how the recording's time jumps must not put them out of memory.
    private static readonly TimeSpan Always = TimeSpan.FromDays(36_500);

    /// <summary>Puts it together. The caller starts it.</summary>
    /// <param name="configuration">As <c>--Section:Key=value</c>.</param>
    /// <param name="files">What is given.</param>
    /// <param name="clock">The recording's.</param>
    /// <param name="folder">Where the ledger is kept meanwhile.</param>
    /// <param name="output">Where decisions go.</param>
    public static IHost Open(string[] configuration, ReplayFiles files, VirtualClock clock, string folder, TextWriter output)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = configuration, ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration["Data:Path"] = folder;
        builder.Configuration["Ledger:ConnectionString"] = ""; // A recording must never be written to the ledger that serves.
        builder.Configuration["Logging:LogLevel:Default"] = nameof(LogLevel.Warning);
        builder.Configuration["Logging:LogLevel:Orleans"] = nameof(LogLevel.Error); // It warns of timers that are late by the recording's clock.
        builder.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);

        builder.Services.AddSingleton(clock);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddGrains();
        builder.AddJudgement();
        builder.AddNeighbourhoods();
        builder.AddGazetteer();
        builder.AddLedger();
        builder.AddAreas(silo => silo.Configure<GrainCollectionOptions>(options => options.CollectionAge = Always));
        builder.Services.Configure<AreaOptions>(options => options.ReconcilesByItself = false);
        builder.Services.AddSingleton<ILedgerAnnouncer, SilentAnnouncer>();
        if (files.Neighbourhoods is { } neighbourhoods)
            builder.Services.AddSingleton(neighbourhoods);
        if (files.Gazetteer is { } gazetteer)
            builder.Services.AddSingleton(gazetteer);
        builder.Services.AddReplayPipeline(files.Registry);
        builder.AddPlayback(output);
        return builder.Build();
    }

    private static void AddPlayback(this HostApplicationBuilder builder, TextWriter output)
    {
        builder.Services.AddSingleton<DueAreas>();
        builder.Services.AddSingleton(services => new WatchedLedger(services.GetRequiredService<ILedgerStore>().Ledger, services.GetRequiredService<DueAreas>()));
        builder.Services.AddSingleton<ILedger>(services => services.GetRequiredService<WatchedLedger>());
        builder.Services.AddSingleton(output);
        builder.Services.AddSingleton<OpenIncidents>();
        builder.Services.AddSingleton<OperatorStep>();
        builder.Services.AddSingleton<DecisionLines>();
        builder.Services.AddSingleton<Playback>();
    }

    /// <summary>Nobody listens: what was decided is read from the ledger after each line.</summary>
    private sealed class SilentAnnouncer : ILedgerAnnouncer
    {
        public void Announce(long seq)
        {
        }
    }
}
