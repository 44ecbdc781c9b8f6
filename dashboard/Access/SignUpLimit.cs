using System.Threading.RateLimiting;
using CivicSignals.Dashboard.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CivicSignals.Dashboard.Access;

/// <summary>How many homes one address may sign up or claim: nobody fills a street with homes that are not there.</summary>
public static class SignUpLimit
{
    /// <summary>Name of the rate limiting policy.</summary>
    public const string Policy = "sign-up";

    /// <summary>Sign-ups and claims of one address in a <see cref="Window"/>, failed ones included.</summary>
    public const int PerAddress = 10;

    /// <summary>How long they count.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    internal static void AddSignUpLimit(this IServiceCollection services) => services.AddRateLimiter(limiter =>
    {
        limiter.AddPolicy(Policy, context => RateLimitPartition.GetFixedWindowLimiter(
            ClientNetwork.Of(context.Connection.RemoteIpAddress),
            _ => new FixedWindowRateLimiterOptions { PermitLimit = PerAddress, Window = Window }));
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.OnRejected = (rejected, _) => new ValueTask(rejected.HttpContext.Request.Path.StartsWithSegments("/api")
            ? Problems.TooMany(rejected.HttpContext, Window, "Too many homes were signed up from this address. Try again in an hour.").ExecuteAsync(rejected.HttpContext)
            : Task.CompletedTask); // What people see of it is the pages' matter.
    });
}
