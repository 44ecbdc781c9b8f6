using CivicSignals.Dashboard.ControlRoom;
using CivicSignals.Dashboard.Deliveries;
using CivicSignals.Dashboard.FalseCalls;
using CivicSignals.Dashboard.Homes;
using CivicSignals.Dashboard.Layout;
using CivicSignals.Dashboard.Neighbourhoods;
using CivicSignals.Dashboard.Operations;
using CivicSignals.Dashboard.Questions;
using CivicSignals.Dashboard.Reports;
using CivicSignals.Dashboard.SignIn;
using CivicSignals.Dashboard.Silence;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CivicSignals.Dashboard;

/// <summary>Puts the pages into the application.</summary>
public static class PagesRouting
{
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddAntiforgery();
        services.AddOptions<MapOptions>().BindConfiguration("Map")
            .Validate(map => map.IsValid, "Map:StyleUrl is not an address")
            .ValidateOnStart();
        services.AddResidentVoices();
        services.AddHomePages();
        services.TryAddSingleton<DeliveryBoard>();
        services.AddSingleton<OwnReport>();
        return services;
    }

    /// <summary>
    /// Maps the pages and their static assets. Needs policies <c>control-room</c> and <c>operator</c>, and static web assets
    /// (<c>builder.WebHost.UseStaticWebAssets()</c>) where the application runs unpublished outside Development.
    /// </summary>
    public static void MapPages(this WebApplication app)
    {
        app.UseWhen(IsForPeople, people => people
            .UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = FailAsync })
            .UseStatusCodePages(async context => await FailAsync(context.HttpContext))
            .UseMiddleware<LedgerOutage>());
        app.MapStaticAssets().AllowAnonymous();
        app.MapNeighbourhoods();
        app.MapControlRoom();
        app.MapQuestionPages();
        app.MapPrevention();
        app.MapFalseCallPages();
        app.MapOperations();
        app.MapHomePages();
        app.MapSignInPage();
        app.MapFallback(Missing.Page).AllowAnonymous();
    }

    /// <summary>Browsers that ask for a page get failures as a page; machines get them as their endpoint says.</summary>
    private static bool IsForPeople(HttpContext context) =>
        context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal)
        && !context.Request.Path.StartsWithSegments("/api");

    private static Task FailAsync(HttpContext context) => Missing.Failure(context.Response.StatusCode).ExecuteAsync(context);
}
