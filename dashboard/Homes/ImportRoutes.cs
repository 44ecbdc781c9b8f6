using System.Text;
using CivicSignals.Dashboard.Access;
using CivicSignals.Dashboard.Layout;
using CivicSignals.Homes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace CivicSignals.Dashboard.Homes;

/// <summary>Lists of homes, brought in by an operator.</summary>
internal static class ImportRoutes
{
    // A pasted character may take 3 bytes in a form for each of its own.
    private const long LargestForm = (3L * ImportReport.MostBytes) + (64 * 1024);

    private const string Template = """
        gateway,id,secret,lat,lon,uncertaintyM,kind,consents
        maple-court-01,,,53.04660,-2.99250,15,dwelling,fire police ambulance
        maple-court-02,,,,,,,

        """;

    public static void MapHomeImport(this IEndpointRouteBuilder app)
    {
        app.MapGet("/ops/import", () => new RazorComponentResult<ImportPage>()).RequireAuthorization(Roles.Operator).NeverKept();
        app.MapPost("/ops/import", ImportAsync).RequireAuthorization(Roles.Operator).TakesForm(LargestForm);
        app.MapGet("/ops/import/template.csv", () => TypedResults.Bytes(Encoding.UTF8.GetBytes(Template), "text/csv; charset=utf-8", "homes.csv"))
            .RequireAuthorization(Roles.Operator).NeverKept();
    }

    /// <summary>Answers with the report itself, not a redirect: it holds secrets that are kept nowhere, and the same list sent again changes nothing.</summary>
    private static async Task<RazorComponentResult<ImportPage>> ImportAsync(HttpContext context, IHomes homes, CancellationToken cancellation)
    {
        var bytes = WithoutMark(await BytesAsync(await context.Request.ReadFormAsync(cancellation), cancellation));
        if (bytes.Length == 0)
            return new(new { Problem = "Choose a file or paste a list." }) { StatusCode = StatusCodes.Status400BadRequest };
        var report = await homes.ImportAsync(bytes, IsJson(bytes.Span) ? ImportFormat.Json : ImportFormat.Csv, cancellation);
        return report.Problem is { } problem
            ? new(new { Problem = $"Nothing was imported: {problem}." }) { StatusCode = StatusCodes.Status400BadRequest }
            : new(new { Report = report });
    }

    private static async Task<byte[]> BytesAsync(IFormCollection form, CancellationToken cancellation)
    {
        if (form.Files.GetFile("file") is not { Length: > 0 } file)
            return Encoding.UTF8.GetBytes(form["list"].ToString());
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, cancellation);
        return bytes.ToArray();
    }

    /// <summary>Spreadsheets put a byte order mark in front.</summary>
    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> list) => list.Span.StartsWith("\uFEFF"u8) ? list[3..] : list;

    /// <summary>A CSV begins with the name of a column.</summary>
    private static bool IsJson(ReadOnlySpan<byte> list) => list.TrimStart(" \r\n\t"u8) is [(byte)'{' or (byte)'[', ..];
}
