using CivicSignals.Accounting;
using CivicSignals.Dashboard.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CivicSignals.Dashboard.Access;

/// <summary>
/// Forms of people who have no session: no cookie, so no token and nothing to forge. What is left to keep out are pages of other sites that have their
/// visitors' browsers report something. What is refused is counted.
/// </summary>
internal static class ResidentForms
{
    /// <summary>The largest body of a report, bytes.</summary>
    public const int MostBytes = 4 * 1024;

    /// <summary>Lets only small forms of this site's own pages through; others get a status, and what people then see is the pages' matter.</summary>
    public static RouteHandlerBuilder TakesResidentForm(this RouteHandlerBuilder route) =>
        route.AddEndpointFilter(CheckedAsync).WithMetadata(new RequestSizeLimitAttribute(MostBytes));

    /// <summary>
    /// Whether a browser says that another site's page sent this. Programs say nothing of the sort; they may use the API as well.
    /// </summary>
    public static bool IsFromElsewhere(HttpRequest request, string? publicUrl)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site)
            return site != "same-origin";
        if (request.Headers.Origin.ToString() is not { Length: > 0 } origin)
            return false;
        return !Uri.TryCreate(origin, UriKind.Absolute, out var sender)
            || (sender.Authority != request.Host.Value && (publicUrl is not { Length: > 0 } || sender.Authority != new Uri(publicUrl).Authority));
    }

    private static async ValueTask<object?> CheckedAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var context = call.HttpContext;
        context.Response.Headers.CacheControl = "no-store";
        if (IsFromElsewhere(context.Request, context.RequestServices.GetRequiredService<IOptions<PublicAddressOptions>>().Value.PublicUrl))
            return Refuse(StatusCodes.Status400BadRequest, "cross-site");
        if (!context.Request.HasFormContentType)
            return Refuse(StatusCodes.Status400BadRequest, "bad-shape");
        try
        {
            await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (Exception e) when (e is BadHttpRequestException or InvalidDataException)
        {
            var status = (e as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status400BadRequest;
            return Refuse(status, status == StatusCodes.Status413PayloadTooLarge ? "too-large" : "bad-shape");
        }

        return await next(call);

        IResult Refuse(int status, string reason)
        {
            var account = context.RequestServices.GetRequiredService<MessageAccount>();
            account.Receive();
            account.Reject(reason);
            return TypedResults.StatusCode(status);
        }
    }
}
