using System.Buffers;
using System.Globalization;
using CivicSignals.Dashboard.Access;
using CivicSignals.Dashboard.Api;
using CivicSignals.Dashboard.Documents;
using CivicSignals.Ledger;
using CivicSignals.Neighbourhoods;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace CivicSignals.Dashboard.Live;

/// <summary>The live streams as server-sent events: <c>id</c> is the ledger's sequence number, <c>Last-Event-ID</c> resumes.</summary>
internal static class LiveEndpoints
{
    private const string EventStream = "text/event-stream";
    private const string Stream = "Server-sent events for at most a day: `id` is the ledger's sequence number, to resume by; `data` is one line of JSON.";
    private const int FlushBytes = 64 * 1024;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public static void MapLive(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/incidents/stream", ([AsParameters] Asked asked) => StreamAsync(asked, LiveFilter.ControlRoom)).RequireAuthorization(Roles.ControlRoom)
            .WithTags("Incidents")
            .WithSummary("Incidents and all alerts as they change")
            .WithDescription($"{Stream} `event` is `incident` with an IncidentLine, or `alert` with an Alert.")
            .AsksResumePoint()
            .Produces<string>(StatusCodes.Status200OK, EventStream)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        app.MapGet("/api/alerts/stream", PublicAsync).RequireCors(PublicApi.Cors)
            .WithTags("Public alerts")
            .WithSummary("Public alerts as they are published")
            .WithDescription($"{Stream} `event` is `alert` with an Alert. `neighbourhood` is a slug: only its alerts.")
            .AsksResumePoint()
            .Produces<string>(StatusCodes.Status200OK, EventStream)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
    }

    private static async Task<IResult> PublicAsync([AsParameters] Asked asked, NeighbourhoodMap map, string? neighbourhood)
    {
        var slug = neighbourhood is { Length: > 0 } ? neighbourhood : null;
        return slug is not null && map.BySlug(slug) is null
            ? Problems.NotFound("No neighbourhood has that slug.")
            : await StreamAsync(asked, new LiveFilter(TailScope.Public, slug));
    }

    private static async Task<IResult> StreamAsync(Asked asked, LiveFilter filter)
    {
        var (context, hub, seats, ledger, life, time) = asked;
        if (!TryReadResumePoint(context.Request, out var seen))
            return Problems.BadRequest("Last-Event-ID must be a whole number, 0 or more.");
        var head = await ledger.HeadAsync(context.RequestAborted);
        if (seen > head)
            return Problems.BadRequest("Last-Event-ID is not an event of this ledger. Leave it out for what is new, or send 0 for all that is kept.");
        using var seat = seats.Take(context.Connection.RemoteIpAddress, filter.Scope);
        if (seat is null)
            return Problems.TooMany(context, TimeSpan.FromSeconds(30), "Too many open streams from this address.");

        using var access = new CancellationTokenSource(Remaining(context, time), time);
        using var client = hub.Open(filter, seen ?? head); // From before the answer begins: who sees it begin misses nothing.
        await using var drop = client.Dropped.Register(context.Abort);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, life.ApplicationStopping, access.Token);
        try
        {
            await WriteAsync(context, client, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // Gone, or its access has ended, or the silo stops: the client resumes by the last id that it has.
        }

        return Results.Empty;
    }

    // A flush that is cancelled resets the connection, so what ends a stream is heeded between flushes; one that is stuck falls to the server's least rate.
    private static async Task WriteAsync(HttpContext context, LiveClient client, CancellationToken cancellation)
    {
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        context.Response.ContentType = EventStream;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        var body = context.Response.BodyWriter;
        body.Write("retry: 2000\n\n"u8);
        await body.FlushAsync(context.RequestAborted);
        await foreach (var frames in client.FramesAsync(cancellation))
        {
            var unflushed = 0;
            foreach (var frame in frames)
            {
                body.Write(frame.Bytes.Span);
                unflushed += frame.Bytes.Length;
                if (unflushed < FlushBytes)
                    continue;
                await body.FlushAsync(context.RequestAborted);
                unflushed = 0;
            }

            await body.FlushAsync(context.RequestAborted);
        }
    }

    // A stream lasts no longer than the cookie or token that opened it; a day at most, so that every stream is opened anew now and then.
    private static TimeSpan Remaining(HttpContext context, TimeProvider time)
    {
        var until = context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties?.ExpiresUtc;
        var left = until - time.GetUtcNow() ?? Longest;
        return left < Longest ? TimeSpan.FromTicks(Math.Max(0, left.Ticks)) : Longest;
    }

    // The header wins: a browser that reconnects sends it with the address that it first connected to.
    private static bool TryReadResumePoint(HttpRequest request, out long? seen)
    {
        seen = null;
        var text = request.Headers["Last-Event-ID"].ToString();
        if (text.Length == 0)
            text = request.Query["lastEventId"].ToString();
        if (text.Length == 0)
            return true;
        var valid = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        seen = number;
        return valid;
    }

    /// <summary>A request for a stream, with what serves it.</summary>
    private sealed record Asked(HttpContext Context, LiveHub Hub, LiveSeats Seats, ILedgerReader Ledger, IHostApplicationLifetime Life, TimeProvider Time);
}
