using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Options;

namespace CivicSignals.Dashboard.Api;

/// <summary>Absolute addresses, as feeds and CAP need them.</summary>
public sealed class PublicAddress(IOptions<PublicAddressOptions> options)
{
    private readonly string? _public = options.Value.PublicUrl is { Length: > 0 } url ? url.TrimEnd('/') : null;

    /// <summary>The absolute address of a path that begins with a slash: below <c>Http:PublicUrl</c>, or below what the request was sent to.</summary>
    public string Of(HttpRequest request, string path) =>
        (_public ?? UriHelper.BuildAbsolute(request.Scheme, request.Host, request.PathBase).TrimEnd('/')) + path;

    /// <summary>As for a request, where none is at hand.</summary>
    /// <exception cref="InvalidOperationException"><c>Http:PublicUrl</c> is not given.</exception>
    public string Of(string path) => (_public ?? throw new InvalidOperationException("Http:PublicUrl is not given")) + path;
}

/// <summary>How the platform is reached from outside. Section <c>Http</c>.</summary>
public sealed class PublicAddressOptions
{
    /// <summary>Absolute http or https address under which the public reaches this platform. Default empty: the address of each request.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>Other origins, separated by blanks, from which map tiles and styles may be loaded. Default empty: none.</summary>
    public string? MapOrigins { get; set; }
}
