using CivicSignals.Dashboard.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace CivicSignals.Dashboard.Access;

/// <summary>Tells browsers what pages of this site may do. A page that needs more sets its own policy before the answer starts.</summary>
internal sealed class SecurityHeaders(RequestDelegate next, IOptions<PublicAddressOptions> options)
{
    private readonly string _policy = Policy(options.Value.MapOrigins?.Trim() is { Length: > 0 } origins ? " " + origins : "");

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.TryAdd("Content-Security-Policy", _policy);
            headers.TryAdd("X-Content-Type-Options", "nosniff");
            headers.TryAdd("Referrer-Policy", "strict-origin-when-cross-origin");
            headers.TryAdd("Cross-Origin-Opener-Policy", "same-origin");
            headers.TryAdd("Permissions-Policy", "camera=(), microphone=(), geolocation=(self)");
            if (context.Request.IsHttps)
                headers.TryAdd("Strict-Transport-Security", "max-age=31536000");
            return Task.CompletedTask;
        });
        return next(context);
    }

    // MapLibre runs its workers from blobs and makes images of blobs and data; style attributes carry widths and positions.
    private static string Policy(string maps) => string.Join("; ",
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "style-src-attr 'unsafe-inline'",
        $"img-src 'self' data: blob:{maps}",
        $"connect-src 'self' blob:{maps}",
        $"font-src 'self' data:{maps}",
        "worker-src 'self' blob:",
        "child-src blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'");
}
