using CivicSignals.Areas;
using CivicSignals.Dashboard.Layout;
using CivicSignals.Incidents;
using CivicSignals.Ledger;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace CivicSignals.Dashboard.ControlRoom;

/// <summary>The form by which a person acts on an incident: fields <c>action</c>, <c>note</c> and <c>from</c> (<c>queue</c> leads back there).</summary>
internal static class ActionForm
{
    private const int LongestNote = 1000;
    private const int LongestUser = 100;

    public static async Task<IResult> PostAsync(
        string id, HttpContext context, IAntiforgery antiforgery, ILedgerReader ledger, IPostStore posts, IGrainFactory grains, CancellationToken cancellation)
    {
        if (!context.Request.HasFormContentType || !await antiforgery.IsRequestValidAsync(context))
            return Missing.Failure(StatusCodes.Status400BadRequest);
        var form = await context.Request.ReadFormAsync(cancellation);
        var note = form["note"].ToString().Trim();
        if (!ActionVerbs.TryParse(form["action"], out var verb) || note.Length > LongestNote)
            return Missing.Failure(StatusCodes.Status400BadRequest);
        if (await IncidentFile.ReadAsync(ledger, posts, id, cancellation) is not { } file)
            return Missing.Page();
        var user = context.User.Identity?.Name ?? "";
        var action = new OperatorAction(id, verb, user.Length > LongestUser ? user[..LongestUser] : user, note);
        var result = await grains.GetGrain<IAreaGrain>(file.Area).ActAsync(action, cancellation);
        return Results.LocalRedirect(form["from"] == "queue" && result == ActionResult.Done
            ? "/control"
            : $"/control/incidents/{Uri.EscapeDataString(id)}?did={Word(result, verb)}");
    }

    /// <summary>The sentence for what the address says was done, or null.</summary>
    public static string? Say(string? did) => did switch
    {
        "acknowledge" => "Acknowledged. You own this incident now.",
        "confirm" => "Confirmed as real.",
        "false-alarm" => "Closed as a false alarm. What was published has been withdrawn.",
        "all-clear" => "All clear given. Everyone who was alerted has been told.",
        "asked" => "Asked. The question is on the neighbourhood's page, and its answers will stand here.",
        "unchanged" => "It was so already. Nothing was changed.",
        "closed" => "The incident had closed already. Nothing was changed.",
        "not-found" => "The area does not know this incident any more. Nothing was changed.",
        _ => null,
    };

    private static string Word(ActionResult result, ActionVerb verb) => result switch
    {
        ActionResult.Done => verb.Word(),
        ActionResult.Unchanged => "unchanged",
        ActionResult.Closed => "closed",
        _ => "not-found",
    };
}
