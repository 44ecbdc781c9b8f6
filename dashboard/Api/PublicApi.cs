using System.Globalization;
using CivicSignals.Ledger;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CivicSignals.Dashboard.Api;

/// <summary>What all public resources share: any origin may read them, caches may keep them for a moment, and readers may ask whether they changed.</summary>
internal static class PublicApi
{
    /// <summary>Name of the policy that lets any origin GET, without credentials.</summary>
    public const string Cors = "public-api";

    /// <summary>Short: an alert must not hide behind a cache.</summary>
    public const int MaxAgeSeconds = 5;

    public static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    // Another build may write the same entries in another way.
    private static readonly string Build = typeof(PublicApi).Assembly.ManifestModule.ModuleVersionId.ToString("N")[..8];

    /// <summary>Answers 304 when the reader has it already.</summary>
    /// <param name="context">The request.</param>
    /// <param name="body">The resource.</param>
    /// <param name="contentType">Its type.</param>
    /// <param name="state">What the content depends on, besides the address and the build.</param>
    public static IResult Answer(HttpContext context, byte[] body, string contentType, string state)
    {
        context.Response.Headers.CacheControl = string.Create(CultureInfo.InvariantCulture, $"public, max-age={MaxAgeSeconds}");
        return TypedResults.Bytes(body, contentType, entityTag: new EntityTagHeaderValue($"\"{Build}-{state}\""));
    }

    /// <summary>For what is rendered as it is sent: says how long it may be kept and which state it is; true: the reader has that already, and 304 is the answer.</summary>
    public static bool HasAlready(HttpContext context, string state)
    {
        var tag = $"\"{Build}-{state}\"";
        context.Response.Headers.CacheControl = string.Create(CultureInfo.InvariantCulture, $"public, max-age={MaxAgeSeconds}");
        context.Response.Headers.ETag = tag;
        return context.Request.Headers.IfNoneMatch.Any(given => given is not null && given.Contains(tag, StringComparison.Ordinal));
    }

    /// <summary>The state of a list of ledger entries: a new version has a new sequence number, and what retention drops changes the count.</summary>
    public static string State(IReadOnlyList<LedgerEntry> entries) =>
        string.Create(CultureInfo.InvariantCulture, $"{(entries.Count > 0 ? entries.Max(entry => entry.Seq) : 0)}-{entries.Count}");
}
