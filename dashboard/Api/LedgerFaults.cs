using CivicSignals.Ledger;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CivicSignals.Dashboard.Api;

/// <summary>The one place where a ledger that cannot be reached becomes an answer: 503, come again.</summary>
internal sealed class LedgerFaults(ILogger<LedgerFaults> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not LedgerUnavailableException)
            return false;
        logger.LedgerUnavailable(exception);
        httpContext.Response.Headers.RetryAfter = "2";
        await Problems.Of(StatusCodes.Status503ServiceUnavailable, "The record cannot be read or written now. Try again.").ExecuteAsync(httpContext);
        return true;
    }
}
