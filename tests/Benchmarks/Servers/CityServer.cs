using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace CivicSignals.Benchmarks.Servers;

/// <summary>The platform on a <see cref="CityClock"/>.</summary>
internal static class CityServer
{
    /// <summary>The verb of this program that runs it.</summary>
    public const string Verb = "serve-city";

    /// <summary>Serves until told to stop.</summary>
    /// <param name="speed">Of the clock.</param>
    /// <param name="configuration">As the platform takes it.</param>
    public static async Task RunAsync(double speed, string[] configuration)
    {
        await using var app = await Silo.Hosting.Platform.OpenAsync(configuration, builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(new CityClock(speed));
            builder.Services.Configure<ClusterMembershipOptions>(options => options.LivenessEnabled = false); // Alone, on a fast clock, it would find itself late, and dead.
        });
        await app.RunAsync();
    }
}
