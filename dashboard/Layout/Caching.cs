using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CivicSignals.Dashboard.Layout;

/// <summary>Who may keep a page, and for how long.</summary>
internal static class Caching
{
    /// <summary>Anyone, for 5 s: long enough to carry a town, short enough for an alert.</summary>
    public static RouteHandlerBuilder Cacheable(this RouteHandlerBuilder route) => route.With("public, max-age=5");

    /// <summary>Nobody.</summary>
    public static RouteHandlerBuilder NeverKept(this RouteHandlerBuilder route) => route.With("no-cache, no-store");

    private static RouteHandlerBuilder With(this RouteHandlerBuilder route, string cacheControl) =>
        route.AddEndpointFilter((context, next) =>
        {
            context.HttpContext.Response.Headers.CacheControl = cacheControl;
            return next(context);
        });
}
