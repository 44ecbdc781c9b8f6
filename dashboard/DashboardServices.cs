using CivicSignals.Dashboard.Access;
using CivicSignals.Dashboard.Api;
using CivicSignals.Dashboard.Cap;
using CivicSignals.Dashboard.Deliveries;
using CivicSignals.Dashboard.Documents;
using CivicSignals.Dashboard.Feeds;
using CivicSignals.Dashboard.Live;
using CivicSignals.Dashboard.Reports;
using CivicSignals.Duties;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CivicSignals.Dashboard;

/// <summary>Wires all that people and machines read.</summary>
public static class DashboardServices
{
    /// <summary>
    /// Adds the dashboard. Needs <c>ILedgerReader</c>, <c>IUserStore</c>, <c>IHomes</c>, <c>IHomeFacts</c>, <c>IFalseCalls</c>, <c>IReports</c>, <c>IReporters</c>, <c>IPlaceFinder</c>, <c>IQuestionStore</c>, <c>IDeliveryStore</c> where accounts are configured, <c>INotices</c>, <c>NeighbourhoodMap</c> and <c>IGrainFactory</c> from the host, which adds
    /// its storage before, so that the users are there when the first one is looked for.
    /// </summary>
    public static void AddDashboard(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddProblemDetails();
        services.AddExceptionHandler<LedgerFaults>();
        services.AddCors(cors => cors.AddPolicy(PublicApi.Cors, policy => policy.AllowAnyOrigin().WithMethods(PublicApi.Methods)
            .WithHeaders("Last-Event-ID", "If-None-Match", "Cache-Control").WithExposedHeaders("ETag", "Retry-After")));
        services.TryAddSingleton<IDuties, SoleMachine>();
        builder.AddAccess();
        services.AddOpenApiDocument();
        AddPublicWords(services);
        AddLive(services);
        services.AddResidentVoices();
        services.AddDeliveries();
    }

    /// <summary>Adds the dashboard's middleware and addresses, in this order: faults, headers, who is asking, may they, forms.</summary>
    public static void MapDashboard(this WebApplication app)
    {
        app.UseWhen(IsForMachines, machines => machines.UseExceptionHandler());
        app.UseMiddleware<SecurityHeaders>();
        app.UseCors();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UseRateLimiter();
        app.MapSignIn();
        app.MapIncidents();
        app.MapHomes();
        app.MapPreventionList();
        app.MapFalseCalls();
        app.MapHomeEntrance();
        app.MapReports();
        app.MapReporters();
        app.MapQuestions();
        app.MapGeoJson();
        app.MapNotices();
        app.MapLive();
        app.MapCap();
        app.MapFeeds();
        app.MapOpenApiDocument();
        app.Map("/api/{**rest}", () => Problems.NotFound("There is nothing at this address."));
    }

    /// <summary>People get failures as pages, which the pages see to.</summary>
    private static bool IsForMachines(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api") || !context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);

    private static void AddPublicWords(IServiceCollection services)
    {
        services.AddOptions<PublicAddressOptions>().BindConfiguration("Http")
            .Validate(http => http.PublicUrl is null or "" || (Uri.TryCreate(http.PublicUrl, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"),
                "Http:PublicUrl must be an absolute http or https address")
            .Validate(http => http.MapOrigins is null || !http.MapOrigins.Any(c => c is ';' or ',' || char.IsControl(c)),
                "Http:MapOrigins must be origins separated by blanks")
            .ValidateOnStart();
        services.AddOptions<CapOptions>().BindConfiguration("Cap")
            .Validate(cap => CapOptions.IsSender(cap.Sender), "Cap:Sender must be name@domain, of letters, digits, '.', '-' and '_'")
            .Validate(cap => Enum.IsDefined(cap.Status), "Cap:Status must be Actual, Exercise, System, Test or Draft")
            .ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<CapOptions>>().Value);
        services.AddSingleton<PublicAddress>().AddSingleton<PublicShapes>().AddSingleton<CapDocument>().AddSingleton<AtomFeed>();
    }

    private static void AddLive(IServiceCollection services)
    {
        services.AddOptions<LiveOptions>().BindConfiguration("Live")
            .Validate(live => live.PerAddress is >= 1 and <= 100_000, "Live:PerAddress must be 1..100000")
            .Validate(live => live.Waiting is >= 1 and <= 100_000, "Live:Waiting must be 1..100000")
            .Validate(live => live.Recent is >= 1 and <= 1_000_000, "Live:Recent must be 1..1000000")
            .ValidateOnStart();
        services.AddMetrics();
        services.AddSingleton<LiveHub>().AddSingleton<LiveSeats>();
        services.AddSingleton<ILedgerTail>(provider => provider.GetRequiredService<LiveHub>());
        services.AddHostedService(provider => provider.GetRequiredService<LiveHub>());
        services.AddHostedService<LedgerHeadListener>();
    }
}
