using CivicSignals.Dashboard.Api;
using CivicSignals.Dashboard.Layout;
using CivicSignals.Ledger;
using CivicSignals.Neighbourhoods;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace CivicSignals.Dashboard.Neighbourhoods;

/// <summary><c>/n/{slug}/widget</c>: a neighbourhood's current alerts for a frame on anybody's page. No script, no cookie, kept by caches as the feeds are.</summary>
internal static class Widget
{
    /// <summary>The only page that others may frame; it can do nothing but be read.</summary>
    private const string Policy = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *";

    public static void MapWidget(this IEndpointRouteBuilder app) => app.MapGet("/n/{slug}/widget", ShowAsync).AllowAnonymous();

    /// <summary>What to paste into a page.</summary>
    public static string Snippet(string address, string name) =>
        $"""<iframe src="{address}" title="Alerts in {System.Net.WebUtility.HtmlEncode(name)}" width="100%" height="320" loading="lazy"></iframe>""";

    private static async Task<IResult> ShowAsync(
        string slug, string? theme, HttpContext context, NeighbourhoodMap neighbourhoods, ILedgerReader ledger, PublicAddress address, TimeProvider clock, CancellationToken cancellation)
    {
        if (neighbourhoods.BySlug(slug) is not { } neighbourhood)
            return Missing.Page();
        context.Response.Headers.ContentSecurityPolicy = Policy;
        var shelf = await AlertShelf.ReadAsync(ledger, slug, clock.GetUtcNow(), cancellation);
        var state = string.Join('-', shelf.Current.Select(alert => $"{alert.Id}.{alert.Version}"));
        var chosen = theme is "light" or "dark" ? theme : "";
        if (PublicApi.HasAlready(context, $"{chosen}-{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(state)).AsSpan(0, 8))}"))
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        return new RazorComponentResult<WidgetPage>(new
        {
            Neighbourhood = neighbourhood,
            Shelf = shelf,
            Theme = chosen,
            Address = (Func<string, string>)(path => address.Of(context.Request, path)),
        });
    }
}
