using CivicSignals.Duties;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Ingest.Registration;
using CivicSignals.Ingest.Silence;
using CivicSignals.Ledger;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CivicSignals.Ingest.Intake;

/// <summary>Wires where messages go in.</summary>
internal static class IntakeWiring
{
    /// <summary>A machine of its own reads all senders, by its pipeline; of several, which an <see cref="IRegistryChanges"/> tells, each reads its shares.</summary>
    public static void AddIntake(this IServiceCollection services)
    {
        services.TryAddSingleton<IDuties, SoleMachine>();
        if (services.All(service => service.ServiceType != typeof(IRegistryChanges)))
            return;

        services.AddHostedService<RegistrySync>();
        services.AddSingleton<Holdings>();
        services.AddSingleton<IWatched>(provider => provider.GetRequiredService<Holdings>());
        services.AddSingleton<IntakeRouter>();
        services.AddSingleton<IMessageIntake, ClusterIntake>();
        services.AddHostedService<ShareWatch>();
    }
}
