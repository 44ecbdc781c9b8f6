using System.Globalization;
using CivicSignals.Dashboard.Access;
using CivicSignals.Dashboard.Layout;
using CivicSignals.Ledger;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace CivicSignals.Dashboard.Questions;

/// <summary>The control room's pages about questions to residents. Policy <c>control-room</c>.</summary>
internal static class QuestionRoutes
{
    private const int Shown = 200;

    public static void MapQuestionPages(this IEndpointRouteBuilder app)
    {
        app.MapGet("/control/questions", ListAsync).RequireAuthorization(Roles.ControlRoom).NeverKept();
        app.MapGet("/control/questions/{id}", OneAsync).RequireAuthorization(Roles.ControlRoom).NeverKept();
        app.MapPost("/control/questions", AskAsync).RequireAuthorization(Roles.ControlRoom).TakesForm();
        app.MapPost("/control/questions/{id}/withdraw", WithdrawAsync).RequireAuthorization(Roles.ControlRoom).TakesForm();
    }

    private static async Task<IResult> ListAsync(string? fragment, IQuestionStore store, CancellationToken cancellation)
    {
        var tallies = await store.NewestAsync(null, Shown, cancellation);
        return fragment is null
            ? new RazorComponentResult<QuestionsPage>(new { Tallies = tallies })
            : new RazorComponentResult<QuestionList>(new { Tallies = tallies });
    }

    private static async Task<IResult> OneAsync(string id, string? fragment, string? did, IQuestionStore store, CancellationToken cancellation)
    {
        if (await AskedQuestion.FindAsync(store, id, cancellation) is not { } asked)
            return Missing.Page();
        return fragment is null
            ? new RazorComponentResult<QuestionPage>(new { Asked = asked, Said = Say(did) })
            : new RazorComponentResult<QuestionAnswers>(new { Asked = asked });
    }

    private static async Task<IResult> AskAsync(HttpContext context, QuestionDesk desk, IQuestionStore store, CancellationToken cancellation)
    {
        var form = await context.Request.ReadFormAsync(cancellation);
        int? minutes = int.TryParse(form["minutes"], NumberStyles.None, CultureInfo.InvariantCulture, out var chosen) ? chosen : null;
        var draft = new QuestionDraft(form["neighbourhood"], form["text"], form["incident"], minutes);
        var (question, problem) = await desk.AskAsync(draft, context.User.Identity?.Name ?? "", cancellation);
        if (question is null)
        {
            return new RazorComponentResult<QuestionsPage>(new { Tallies = await store.NewestAsync(null, Shown, cancellation), Problem = problem })
            {
                StatusCode = StatusCodes.Status400BadRequest,
            };
        }

        return Results.LocalRedirect(question.About is { } about
            ? $"/control/incidents/{Uri.EscapeDataString(about.Incident)}?did=asked"
            : $"/control/questions/{question.Id}?did=asked");
    }

    private static async Task<IResult> WithdrawAsync(string id, QuestionDesk desk, CancellationToken cancellation) =>
        Results.LocalRedirect($"/control/questions/{Uri.EscapeDataString(id)}?did={(await desk.WithdrawAsync(id, cancellation) ? "withdrawn" : "unchanged")}");

    private static string? Say(string? did) => did switch
    {
        "asked" => "Asked. The question is on the neighbourhood's page.",
        "withdrawn" => "Withdrawn. Nobody is asked any more.",
        "unchanged" => "It had been withdrawn already. Nothing was changed.",
        _ => null,
    };
}
