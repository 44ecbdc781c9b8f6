using CivicSignals.Dashboard.Layout;
using CivicSignals.Dashboard.Questions;
using CivicSignals.Ledger;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace CivicSignals.Dashboard.ControlRoom;

/// <summary>The control room's pages. Policy <c>control-room</c>.</summary>
internal static class ControlRoomRoutes
{
    public static void MapControlRoom(this IEndpointRouteBuilder app)
    {
        app.MapGet("/control", QueueAsync).RequireAuthorization("control-room").NeverKept();
        app.MapGet("/control/incidents/{id}", IncidentAsync).RequireAuthorization("control-room").NeverKept();
        app.MapPost("/control/incidents/{id}/actions", ActionForm.PostAsync).RequireAuthorization("control-room").NeverKept();
    }

    private static async Task<IResult> QueueAsync(string? fragment, ILedgerReader ledger, TimeProvider clock, CancellationToken cancellation)
    {
        var queue = await QueuedIncidents.ReadAsync(ledger, clock.GetUtcNow(), cancellation);
        return fragment is null
            ? new RazorComponentResult<QueuePage>(new { Queue = queue })
            : new RazorComponentResult<QueueView>(new { Queue = queue });
    }

    private static async Task<IResult> IncidentAsync(string id, string? fragment, string? did, ILedgerReader ledger, IPostStore posts, IQuestionStore questions, CancellationToken cancellation)
    {
        if (await IncidentFile.ReadAsync(ledger, posts, id, cancellation) is not { } file)
            return Missing.Page();
        return fragment switch
        {
            "head" => new RazorComponentResult<IncidentView>(new { file.Line }),
            "evidence" => new RazorComponentResult<EvidenceTable>(new { file.Line, file.Posts }),
            "record" => new RazorComponentResult<IncidentRecord>(new { File = file }),
            "questions" => new RazorComponentResult<IncidentQuestions>(new { Asked = await AskedQuestion.AboutAsync(questions, id, cancellation) }),
            _ => new RazorComponentResult<IncidentPage>(new { File = file, Near = await MergeChoice.NearAsync(file.Line, ledger, cancellation), Asked = await AskedQuestion.AboutAsync(questions, id, cancellation), Said = ActionForm.Say(did) }),
        };
    }
}
