using CivicSignals.Dashboard.Access;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CivicSignals.Dashboard.Api;

/// <summary>For endpoints of people who have signed in: nobody keeps the answers, and a change that comes with a cookie needs the form token too.</summary>
internal static class ChangeGuard
{
    public static async ValueTask<object?> CheckAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var context = call.HttpContext;
        context.Response.Headers.CacheControl = "no-store";
        // A bearer token is never sent by a browser on its own; a cookie is.
        if (!HttpMethods.IsGet(context.Request.Method) && context.User.Identity?.AuthenticationType != BearerScheme.Name
            && !await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context))
        {
            return Problems.BadRequest("The antiforgery token is missing or does not belong to this session.");
        }

        return await next(call);
    }
}
