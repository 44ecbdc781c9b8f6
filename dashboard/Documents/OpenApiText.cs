using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace CivicSignals.Dashboard.Documents;

/// <summary>The OpenAPI document as it is served. Nothing in it changes while the platform runs, so it is written once.</summary>
internal sealed class OpenApiText([FromKeyedServices(OpenApiText.Name)] IOpenApiDocumentProvider documents)
{
    /// <summary>The name that the framework knows the document by.</summary>
    public const string Name = "http";

    private volatile byte[]? _text;

    public async ValueTask<byte[]> GetAsync(CancellationToken cancellation)
    {
        if (_text is { } text)
            return text;
        var document = await documents.GetOpenApiDocumentAsync(cancellation);
        return _text = System.Text.Encoding.UTF8.GetBytes(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancellation));
    }
}
