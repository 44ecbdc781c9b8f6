using System.Text.Json;
using CivicSignals.Dashboard.Access;
using CivicSignals.Dashboard.ControlRoom;
using CivicSignals.Incidents;
using CivicSignals.Ledger;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace CivicSignals.Dashboard.Api;

/// <summary>A person acts on an incident.</summary>
internal static class IncidentActions
{
    private const int MostBytes = 64 * 1024;
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

        var action = asked with { Incident = id, User = context.User.Identity!.Name! };
        var result = await ActionDesk.ActAsync(grains, ledger, line.Area, action, cancellation);
        return result switch
        {
            ActionResult.Done => TypedResults.Bytes("""{"result":"done"}"""u8.ToArray(), "application/json"),
            ActionResult.Unchanged => TypedResults.Bytes("""{"result":"unchanged"}"""u8.ToArray(), "application/json"),
            ActionResult.Accepted => TypedResults.Bytes("""{"result":"accepted"}"""u8.ToArray(), "application/json"),
            ActionResult.NotFound => Problems.NotFound("No incident has that id."),
            _ => Problems.Conflict(ActionDesk.Refusal(result)!),
        };
    }

    private static async Task<(OperatorAction? Asked, string Wrong)> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (!request.HasJsonContentType())
            return (null, "The body must be JSON with content type application/json.");
        if (await JsonBody.BytesAsync(request, MostBytes, cancellation) is not { } body)
            return (null, "The body is larger than 64 KiB.");
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                return (null, "The body must be a JSON object.");
            if (!ActionVerbs.TryParse(Text(json.RootElement, "action"), out var verb))
                return (null, "action must be acknowledge, confirm, false-alarm, all-clear, merge, split or undo-merge.");
            var note = Text(json.RootElement, "note") ?? "";
            if (note.Length > MostNote)
                return (null, "note must have at most 1,000 characters.");
            var action = new OperatorAction("", verb, "", note);
            return verb switch
            {
                ActionVerb.Merge when Text(json.RootElement, "into") is not { Length: > 0 } => (null, "into must be the id of the incident to merge into."),
                ActionVerb.Merge => (action with { Other = Text(json.RootElement, "into") }, ""),
                ActionVerb.Split when Texts(json.RootElement, "evidence") is not { Count: > 0 } => (null, "evidence must list what to split off, each as \"source kind\"."),
                ActionVerb.Split => (action with { Evidence = Texts(json.RootElement, "evidence") }, ""),
                ActionVerb.UndoMerge => (action with { Other = Text(json.RootElement, "merged") }, ""),
                _ => (action, ""),
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return (null, "The body is not JSON as documented: {\"action\":\"confirm\",\"note\":\"\"}.");
        }
    }

    private static List<string>? Texts(JsonElement body, string name) =>
        body.TryGetProperty(name, out var member) ? [.. member.EnumerateArray().Select(text => text.GetString() ?? "")] : null;

    private static string? Text(JsonElement body, string name) => body.TryGetProperty(name, out var member) ? member.GetString() : null;
}
