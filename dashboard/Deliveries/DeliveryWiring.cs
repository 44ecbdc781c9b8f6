using CivicSignals.Dashboard.Api;
using CivicSignals.Dashboard.Cap;
using CivicSignals.Dashboard.Live;
using CivicSignals.Ledger;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CivicSignals.Dashboard.Deliveries;

/// <summary>Wires the deliveries to the configured accounts. Needs <c>IDeliveryStore</c> from the host when there are any.</summary>
internal static class DeliveryWiring
{
    public static void AddDeliveries(this IServiceCollection services)
    {
        services.AddOptions<DeliveryOptions>().BindConfiguration("Deliveries").ValidateOnStart();
        services.AddSingleton<IValidateOptions<DeliveryOptions>, DeliveryValidation>();
        services.AddHttpClient(NetworkClient.Name)
            .ConfigureHttpClient(client =>
            {
                client.Timeout = Timeout.InfiniteTimeSpan; // NetworkClient bounds the whole answer, on the platform's clock.
                client.DefaultRequestHeaders.UserAgent.ParseAdd("CivicSignals/1.0");
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                ConnectTimeout = TimeSpan.FromSeconds(10),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            })
            .RemoveAllLoggers();
        services.TryAddSingleton<DeliveryBoard>();
        services.AddSingleton<DeliveryMetrics>();
        services.AddSingleton<IReadOnlyList<Delivery>>(Deliveries);
        services.AddSingleton<DeliveryService>();
        services.AddSingleton<ILedgerTail>(provider => provider.GetRequiredService<DeliveryService>());
        services.AddHostedService(provider => provider.GetRequiredService<DeliveryService>());
    }

    private static List<Delivery> Deliveries(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<DeliveryOptions>>().Value;
        var clients = services.GetRequiredService<IHttpClientFactory>();
        var time = services.GetRequiredService<TimeProvider>();
        return
        [
            .. options.Mastodon.Select(account => Deliver(services, new MastodonAccount(account, clients, time), account.Neighbourhoods)),
            .. options.Bluesky.Select(account => Deliver(services, new BlueskyAccount(account, clients, time), account.Neighbourhoods)),
        ];
    }

    private static Delivery Deliver(IServiceProvider services, IAccount account, string neighbourhoods)
    {
        var (address, cap) = (services.GetRequiredService<PublicAddress>(), services.GetRequiredService<CapOptions>());
        return new Delivery(
            account,
            neighbourhoods.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(),
            services.GetRequiredService<ILedgerReader>(),
            services.GetRequiredService<IDeliveryStore>(),
            alert => PostWords.Write(alert, address.Of($"/alerts/{Uri.EscapeDataString(alert.Id)}"), cap.Status),
            services.GetRequiredService<DeliveryBoard>(),
            services.GetRequiredService<DeliveryMetrics>(),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<Delivery>>());
    }
}
