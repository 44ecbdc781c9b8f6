using CivicSignals.Ledger;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CivicSignals.Dashboard.Layout;

/// <summary>Tells people on a page that the ledger cannot be reached now.</summary>
internal sealed partial class LedgerOutage(RequestDelegate next, ILogger<LedgerOutage> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (LedgerUnavailableException e) when (!context.Response.HasStarted)
        {
            LogOutage(e);
            context.Response.Clear();
            context.Response.Headers.RetryAfter = "2";
            await Missing.Failure(StatusCodes.Status503ServiceUnavailable).ExecuteAsync(context);
        }
    }

    [LoggerMessage(3300, LogLevel.Error, "The ledger was not available to a page")]
    private partial void LogOutage(Exception error);
}
