using System.Text.Json;
using CivicSignals.Areas;
using CivicSignals.Dashboard.Access;
using CivicSignals.Incidents;
using CivicSignals.Ledger;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace CivicSignals.Dashboard.Api;

/// <summary>A person acts on an incident.</summary>
internal static class IncidentActions
{
    private const int MostBytes = 16 * 1024;
    private const int MostNote = 1000;

    public static async Task<IResult> ActAsync(
        string id, HttpContext context, ILedgerReader ledger, IGrainFactory grains, IAntiforgery antiforgery, CancellationToken cancellation)
    {
        // A bearer token is never sent by a browser on its own; a cookie is.
        if (context.User.Identity?.AuthenticationType != BearerScheme.Name && !await antiforgery.IsRequestValidAsync(context))
            return Problems.BadRequest("The antiforgery token is missing or does not belong to this session.");
        var (asked, wrong) = await ReadAsync(context.Request, cancellation);
        if (asked is null)
            return Problems.BadRequest(wrong);
        var entries = await ledger.IncidentAsync(id, cancellation);
        if (entries.LastOrDefault(entry => entry.Type == EntryType.Incident) is not { } line)
            return Problems.NotFound("No incident has that id.");

        var action = new OperatorAction(id, asked.Value.Verb, context.User.Identity!.Name!, asked.Value.Note);
        var result = await grains.GetGrain<IAreaGrain>(line.Area).ActAsync(action, cancellation);
        return result switch
        {
            ActionResult.Done => TypedResults.Bytes("""{"result":"done"}"""u8.ToArray(), "application/json"),
            ActionResult.Unchanged => TypedResults.Bytes("""{"result":"unchanged"}"""u8.ToArray(), "application/json"),
            ActionResult.Closed => Problems.Conflict("The incident is closed; nothing was changed."),
            _ => Problems.NotFound("No incident has that id."),
        };
    }

    private static async Task<((ActionVerb Verb, string Note)? Asked, string Wrong)> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (!request.HasJsonContentType())
            return (null, "The body must be JSON with content type application/json.");
        if (await JsonBody.BytesAsync(request, MostBytes, cancellation) is not { } body)
            return (null, "The body is larger than 16 KiB.");
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                return (null, "The body must be a JSON object.");
            if (!ActionVerbs.TryParse(Text(json.RootElement, "action"), out var verb))
                return (null, "action must be acknowledge, confirm, false-alarm or all-clear.");
            var note = Text(json.RootElement, "note") ?? "";
            return note.Length > MostNote ? (null, "note must have at most 1,000 characters.") : ((verb, note), "");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return (null, "The body is not JSON as documented: {\"action\":\"confirm\",\"note\":\"\"}.");
        }
    }

    private static string? Text(JsonElement body, string name) => body.TryGetProperty(name, out var member) ? member.GetString() : null;
}
