using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace CivicSignals.Dashboard.Access;

/// <summary>What every form of a page needs: a bound on its size and a token that says that it is ours. The answer is kept by nobody.</summary>
internal static class FormPosts
{
    private const int Small = 16 * 1024;

    /// <summary>Lets only such forms through; others get a status, and what people then see is the pages' matter.</summary>
    /// <param name="route">What the form is posted to.</param>
    /// <param name="mostBytes">Of the whole body.</param>
    public static RouteHandlerBuilder TakesForm(this RouteHandlerBuilder route, long mostBytes = Small) =>
        route.AddEndpointFilter(WithTokenAsync).WithMetadata(new RequestSizeLimitAttribute(mostBytes));

    private static async ValueTask<object?> WithTokenAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var context = call.HttpContext;
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            if (context.Request.HasFormContentType)
                await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (Exception e) when (e is BadHttpRequestException or InvalidDataException)
        {
            return TypedResults.StatusCode((e as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status400BadRequest);
        }

        return context.Request.HasFormContentType && await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context)
            ? await next(call)
            : TypedResults.StatusCode(StatusCodes.Status400BadRequest);
    }
}
