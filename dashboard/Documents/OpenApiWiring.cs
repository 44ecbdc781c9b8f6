using System.Reflection;
using System.Security.Cryptography;
using CivicSignals.Dashboard.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace CivicSignals.Dashboard.Documents;

/// <summary>
/// <c>/openapi.json</c>: the HTTP side for those who write programs. An endpoint is in it when it has a summary; pages have none. What the framework
/// cannot see, because handlers read it by hand, is said where the endpoint is mapped.
/// </summary>
internal static class OpenApiWiring
{
    private const string About = """
        Alerts for everyone, incidents for control rooms, homes for operators and for their people.

        Times are ISO 8601 in UTC, places WGS84 degrees. Refusals are problem details (RFC 9457) that say what would be right. Unknown query
        parameters are ignored; members may be added to answers. What devices may send over MQTT is in `/asyncapi.json`.
        """;

    public static void AddOpenApiDocument(this IServiceCollection services)
    {
        services.AddSingleton<OpenApiText>();
        services.AddOpenApi(OpenApiText.Name, options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.ShouldInclude = endpoint => endpoint.ActionDescriptor.EndpointMetadata.OfType<IEndpointSummaryMetadata>().Any();
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new OpenApiInfo
                {
                    Title = "Civic Signals",
                    Version = typeof(OpenApiWiring).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0],
                    Description = About,
                    License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
                };
                WhoMayCall.AddSchemes(document);
                WireSchemas.Join(document);
                return Task.CompletedTask;
            });
            options.AddOperationTransformer((operation, context, _) =>
            {
                WhoMayCall.Tell(operation, context);
                return Task.CompletedTask;
            });
            options.AddSchemaTransformer((schema, context, _) =>
            {
                WireSchemas.Tell(schema, context);
                return Task.CompletedTask;
            });
        });
    }

    public static void MapOpenApiDocument(this IEndpointRouteBuilder app) =>
        app.MapMethods("/openapi.json", PublicApi.Methods, AnswerAsync).RequireCors(PublicApi.Cors)
            .WithTags("Documents")
            .WithSummary("This document")
            .Produces<object>(StatusCodes.Status200OK, "application/json")
            .Produces(StatusCodes.Status304NotModified);

    private static async Task<IResult> AnswerAsync(HttpContext context, OpenApiText text, CancellationToken cancellation)
    {
        var body = await text.GetAsync(cancellation);
        return PublicApi.Answer(context, body, "application/json", Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 8)));
    }
}
