using CivicSignals.Dashboard.Access;
using CivicSignals.Dashboard.Api;
using CivicSignals.Dashboard.Live;
using CivicSignals.Dashboard.Questions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CivicSignals.Dashboard.Reports;

/// <summary>What takes residents' words, for pages and API alike.</summary>
internal static class ResidentVoices
{
    public static IServiceCollection AddResidentVoices(this IServiceCollection services)
    {
        services.TryAddSingleton<PublicAddress>();
        services.TryAddSingleton<LiveHub>();
        services.TryAddSingleton<ReporterNames>();
        services.TryAddSingleton<AlertAnswers>();
        services.TryAddSingleton<QuestionDesk>();
        return services;
    }
}
