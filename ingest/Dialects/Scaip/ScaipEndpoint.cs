using System.Net.Http.Headers;
using System.Text;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Ingest.Registration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;

namespace CivicSignals.Ingest.Dialects.Scaip;

/// <summary>Where telecare messages come in by HTTPS.</summary>
public static class ScaipEndpoint
{
    private const string Xml = "application/xml";

    /// <summary>
    /// Adds <c>POST /api/scaip/{gateway}</c>: an XML body as SCAIP has it, with the gateway's name and secret as HTTP Basic credentials. The
    /// answer is SCAIP's own (<c>&lt;mrs&gt;</c>): a message is answered with 0 when everything that it changed is on disk.
    /// </summary>
    public static void MapTelecare(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/scaip/{gateway}", (Delegate)PostAsync).AllowAnonymous() // With the gateway's own credentials, not a user's.
            .WithTags("Telecare")
            .WithSummary("Take a telecare message (SCAIP)")
            .WithDescription("The same as a publication to `homes/{gateway}/scaip`. Answered with `<snu>0</snu>` when everything that it changed is on disk.")
            .Produces<string>(StatusCodes.Status200OK, Xml)
            .Produces<string>(StatusCodes.Status400BadRequest, Xml)
            .Produces(StatusCodes.Status401Unauthorized)
            .Produces<string>(StatusCodes.Status413PayloadTooLarge, Xml)
            .Produces<string>(StatusCodes.Status503ServiceUnavailable, Xml)
            .AddOpenApiOperationTransformer((operation, context, _) =>
            {
                operation.RequestBody = new OpenApiRequestBody
                {
                    Required = true,
                    Content = new Dictionary<string, OpenApiMediaType> { [Xml] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String } } },
                };
                operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("gateway", context.Document)] = [] }];
                return Task.CompletedTask;
            });

    private static async Task<IResult> PostAsync(string gateway, HttpContext context, Registry registry, IMessageIntake messages, SignalPipeline pipeline, TimeProvider time)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (!Admits(registry, gateway, context.Request.Headers.Authorization.ToString()))
        {
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"scaip\", charset=\"UTF-8\"";
            return Results.StatusCode(StatusCodes.Status401Unauthorized);
        }

        if (!pipeline.Backlog.WaitForRoomAsync().IsCompleted)
            return Reply("", ScaipAnswer.Busy, StatusCodes.Status503ServiceUnavailable);
        var body = await ReadAsync(context.Request.Body, context.RequestAborted);
        var outcome = await messages.AcceptAsync(new InboundMessage
        {
            Via = "https",
            Topic = $"homes/{gateway}/{ScaipDialect.Level}",
            Payload = body,
            ReceivedAt = time.GetUtcNow(),
            Sender = gateway,
        });
        var request = ScaipRequest.Read(body);
        return outcome.Status switch
        {
            MessageStatus.Accepted => Reply(request.Reference, ScaipAnswer.Ok, StatusCodes.Status200OK),
            MessageStatus.Failed => Reply(request.Reference, ScaipAnswer.Busy, StatusCodes.Status503ServiceUnavailable),
            _ when request.Answer == ScaipAnswer.TooLong => Reply("", ScaipAnswer.TooLong, StatusCodes.Status413PayloadTooLarge),
            _ => Reply(request.Reference, request.Reason is null ? ScaipAnswer.NotTreated : request.Answer, StatusCodes.Status400BadRequest),
        };
    }

    private static IResult Reply(string reference, ScaipAnswer answer, int status) =>
        Results.Text(ScaipReply.Of(reference, answer), Xml, Encoding.UTF8, status);

    /// <summary>The body, or its beginning when it is longer than is allowed.</summary>
    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream body, CancellationToken cancellation)
    {
        var buffer = new byte[ScaipRequest.MaxBytes + 1];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        return buffer.AsMemory(0, length);
    }

    private static bool Admits(Registry registry, string gateway, string authorization)
    {
        if (!AuthenticationHeaderValue.TryParse(authorization, out var given) || !"Basic".Equals(given.Scheme, StringComparison.OrdinalIgnoreCase))
            return false;
        var decoded = new byte[given.Parameter?.Length ?? 0];
        if (!Convert.TryFromBase64String(given.Parameter ?? "", decoded, out var length))
            return false;
        var credentials = decoded.AsSpan(0, length);
        var colon = credentials.IndexOf((byte)':');
        return colon > 0 && Encoding.UTF8.GetString(credentials[..colon]) == gateway
            && registry.Gateway(gateway) is not null && registry.Admits(gateway, credentials[(colon + 1)..]);
    }
}
