using CivicSignals.Dashboard.Layout;
using CivicSignals.Incidents;
using CivicSignals.Ledger;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace CivicSignals.Dashboard.ControlRoom;

/// <summary>The form by which a person acts on an incident: fields <c>action</c>, <c>note</c> and <c>from</c> (<c>queue</c> leads back there);
/// to merge <c>into</c>, to split <c>evidence</c>, to undo a merger <c>merged</c>.</summary>
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
        var action = new OperatorAction(id, verb, user.Length > LongestUser ? user[..LongestUser] : user, note)
        {
            Other = verb == ActionVerb.Merge ? form["into"] : form["merged"],
            Evidence = verb == ActionVerb.Split ? [.. form["evidence"].OfType<string>()] : null,
        };
        var result = await ActionDesk.ActAsync(grains, ledger, file.Area, action, cancellation);
        if (verb == ActionVerb.Merge && result == ActionResult.Done)
            return Results.LocalRedirect($"/control/incidents/{Uri.EscapeDataString(action.Other!)}?did=merge");
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
        "merge" => "Merged. What was known of the other incident is here now, and its alerts go on from here.",
        "accepted" => "Accepted. The other incident takes this one over as soon as its area answers, which is a moment.",
        "split" => "Split. What you ticked is an incident of its own now; the log names it.",
        "undo-merge" => "Undone. What had been merged is an incident of its own again; the log names it.",
        "asked" => "Asked. The question is on the neighbourhood's page, and its answers will stand here.",
        "unchanged" => "It was so already. Nothing was changed.",
        _ => Enum.TryParse<ActionResult>(did, out var result) ? ActionDesk.Refusal(result) : null,
    };

    private static string Word(ActionResult result, ActionVerb verb) => result switch
    {
        ActionResult.Done => verb.Word(),
        ActionResult.Unchanged => "unchanged",
        ActionResult.Accepted => "accepted",
        _ => result.ToString(),
    };
}
