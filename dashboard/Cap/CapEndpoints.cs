using System.Text.Json;
using CivicSignals.Alerts;
using CivicSignals.Dashboard.Api;
using CivicSignals.Dashboard.Documents;
using CivicSignals.Dashboard.Neighbourhoods;
using CivicSignals.Ledger;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CivicSignals.Dashboard.Cap;

/// <summary><c>/alerts/{id}.cap</c>: the newest version, or <c>?version=</c> an older one.</summary>
internal static class CapEndpoints
{
    public static void MapCap(this IEndpointRouteBuilder app) =>
        app.MapMethods("/alerts/{id}.cap", PublicApi.Methods, OneAsync).RequireCors(PublicApi.Cors)
            .WithTags("Public alerts")
            .WithSummary("One public alert as CAP 1.2")
            .AsksNumber("version", 1, int.MaxValue, "An older version; absent: the newest.")
            .Produces<string>(StatusCodes.Status200OK, CapDocument.ContentType)
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> OneAsync(
        string id, HttpContext context, ILedgerReader ledger, CapDocument document, PublicAddress address, CancellationToken cancellation)
    {
        var query = new QueryReader(context.Request.Query);
        var version = query.Number("version", 1, int.MaxValue);
        if (query.Wrong is { } wrong)
            return Problems.BadRequest(wrong);
        var entries = (await ledger.AlertAsync(id, cancellation)).Where(entry => entry.Alert is { Public: true }).ToList();
        var asked = version is null ? entries.Count - 1 : entries.FindIndex(entry => entry.Alert!.Version == version);
        if (asked < 0)
            return Problems.NotFound("No public alert has that id and version.");

        var versions = entries.Take(asked + 1).Select(entry => JsonSerializer.Deserialize(entry.Body.Span, LedgerJson.Lines.Alert)!).ToList();
        var superseded = new List<Alert>();
        foreach (var other in versions[^1].Supersedes ?? [])
            superseded.AddRange(AlertShelf.Read(await ledger.AlertAsync(other, cancellation)));
        var body = document.Write(versions, address.Of(context.Request, $"/alerts/{versions[^1].Id}"), superseded);
        return PublicApi.Answer(context, body, CapDocument.ContentType, PublicApi.State([entries[asked]]));
    }
}
