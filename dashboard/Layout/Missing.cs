using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CivicSignals.Dashboard.Layout;

/// <summary>The answers for what is not there and for what went wrong, in the style of all pages.</summary>
internal static class Missing
{
    public static IResult Page() => Failure(StatusCodes.Status404NotFound);

    public static IResult Failure(int status) => new RazorComponentResult<FailurePage>(new { Status = status }) { StatusCode = status };
}
