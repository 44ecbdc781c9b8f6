using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace CivicSignals.Ingest.Documents;

/// <summary><c>/asyncapi.json</c>: what is accepted over MQTT. The document is written by hand; tests play every example in it through the pipeline.</summary>
public static class AsyncApi
{
    private static readonly EntityTagHeaderValue Build = new($"\"{typeof(AsyncApi).Assembly.ManifestModule.ModuleVersionId:N}\"");

    /// <summary>The document, UTF-8 JSON.</summary>
    internal static byte[] Text { get; } = Read();

    /// <summary>Adds the document's address.</summary>
    public static void MapAsyncApi(this IEndpointRouteBuilder app) =>
        app.MapMethods("/asyncapi.json", [HttpMethods.Get, HttpMethods.Head], Answer).AllowAnonymous()
            .WithTags("Documents")
            .WithSummary("What devices may send over MQTT (AsyncAPI 3.0)")
            .Produces<object>(StatusCodes.Status200OK, "application/json")
            .Produces(StatusCodes.Status304NotModified);

    private static FileContentHttpResult Answer(HttpContext context)
    {
        context.Response.Headers.CacheControl = "public, max-age=300";
        context.Response.Headers.AccessControlAllowOrigin = "*"; // Tools that show such documents are pages of other sites.
        return TypedResults.Bytes(Text, "application/json", entityTag: Build);
    }

    private static byte[] Read()
    {
        using var stream = typeof(AsyncApi).Assembly.GetManifestResourceStream($"{typeof(AsyncApi).Namespace}.asyncapi.json")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
