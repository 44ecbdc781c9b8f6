using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace CivicSignals.Dashboard.Api;

/// <summary>Refusals as RFC 9457 problem details: what is wrong, and what would be right.</summary>
internal static class Problems
{
    public static IResult BadRequest(string detail) => Of(StatusCodes.Status400BadRequest, detail);
    public static IResult NotFound(string detail) => Of(StatusCodes.Status404NotFound, detail);
    public static IResult Conflict(string detail) => Of(StatusCodes.Status409Conflict, detail);

    public static IResult TooMany(HttpContext context, TimeSpan retryAfter, string detail)
    {
        context.Response.Headers.RetryAfter = Math.Ceiling(retryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return Of(StatusCodes.Status429TooManyRequests, detail);
    }

    public static IResult Of(int status, string detail) => TypedResults.Problem(detail, statusCode: status);
}
