using CivicSignals.Accounting;
using CivicSignals.Ledger;
using CivicSignals.Reports;
using CivicSignals.Signals;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CivicSignals.Tests.Dashboard.Fakes;

/// <summary>What pages and API about residents' words need from a host.</summary>
internal static class ResidentsInMemory
{
    public static IServiceCollection AddResidentsInMemory(this IServiceCollection services, RecordedReports reports, QuestionsInMemory questions)
    {
        services.TryAddSingleton<MessageAccount>();
        return services.AddSingleton<IReports>(reports).AddSingleton<IQuestionStore>(questions).AddSingleton<IPlaceFinder, NoPlaces>();
    }

    private sealed class NoPlaces : IPlaceFinder
    {
        public Place? Postcode(string text) => null;
    }
}
