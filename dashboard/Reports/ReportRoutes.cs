using System.Globalization;
using CivicSignals.Dashboard.Access;
using CivicSignals.Dashboard.Layout;
using CivicSignals.Dashboard.Neighbourhoods;
using CivicSignals.Dashboard.Questions;
using CivicSignals.Ledger;
using CivicSignals.Neighbourhoods;
using CivicSignals.Reports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace CivicSignals.Dashboard.Reports;

/// <summary>What the forms on residents' pages are sent to: no session, no cookie, and back to a page that says what became of it.</summary>
internal static class ReportRoutes
{
    private const string NotKnown = "That postcode is not known here. Check it, choose the place on the map, or leave it empty.";
    private const string NoKind = "Choose what you see.";
    private const string NotTaken = "That place could not be used. Choose another one, or leave it empty.";

    public static void MapReportForms(this IEndpointRouteBuilder app)
    {
        app.MapPost("/alerts/{id}/answers", AnswerAlertAsync).AllowAnonymous().TakesResidentForm();
        app.MapPost("/n/{slug}/reports", ReportAsync).AllowAnonymous().TakesResidentForm();
        app.MapPost("/n/{slug}/questions/{id}/answers", AnswerQuestionAsync).AllowAnonymous().TakesResidentForm();
    }

    private static async Task<IResult> AnswerAlertAsync(string id, HttpContext context, AlertAnswers answers, ReporterNames names, CancellationToken cancellation)
    {
        var form = await context.Request.ReadFormAsync(cancellation);
        var says = form["says"].ToString();
        var page = $"/alerts/{Uri.EscapeDataString(id)}";
        var (answer, outcome) = await answers.OfferAsync(id, says, names.Of(context.Connection.RemoteIpAddress), cancellation);
        return answer switch
        {
            AlertAnswer.NoAlert => Missing.Page(),
            AlertAnswer.Over => Back(page, "over"),
            _ => Answer(context, outcome, page, says),
        };
    }

    private static async Task<IResult> ReportAsync(
        string slug, HttpContext context, NeighbourhoodMap map, ILedgerReader ledger, IQuestionStore questions, IPlaceFinder finder, IReports reports, ReporterNames names,
        TimeProvider clock, CancellationToken cancellation)
    {
        if (map.BySlug(slug) is not { } neighbourhood)
            return Missing.Page();
        var form = ReportForm.Read(await context.Request.ReadFormAsync(cancellation));
        if (!ReportKinds.All.Contains(form.Kind))
            return await AgainAsync(NoKind);
        if (form.Place(neighbourhood, finder) is not { } place)
            return await AgainAsync(NotKnown);
        var outcome = await reports.OfferAsync(new Report(names.Of(context.Connection.RemoteIpAddress)) { Says = "seen", Kind = form.Kind, Place = place });
        return outcome.Status == ReportStatus.Refused ? await AgainAsync(NotTaken) : Answer(context, outcome, $"/n/{slug}", "reported");

        async Task<IResult> AgainAsync(string problem) => new RazorComponentResult<NeighbourhoodPage>(new
        {
            Neighbourhood = neighbourhood,
            Shelf = await AlertShelf.ReadAsync(ledger, slug, clock.GetUtcNow(), cancellation),
            Questions = await questions.OpenAsync(slug, null, clock.GetUtcNow(), cancellation),
            Form = form with { Problem = problem },
        })
        { StatusCode = StatusCodes.Status400BadRequest };
    }

    private static async Task<IResult> AnswerQuestionAsync(
        string slug, string id, HttpContext context, NeighbourhoodMap map, QuestionDesk desk, ReporterNames names, CancellationToken cancellation)
    {
        if (map.BySlug(slug) is null)
            return Missing.Page();
        var form = await context.Request.ReadFormAsync(cancellation);
        var page = form["alert"].ToString() is { Length: > 0 and <= 100 } alert ? $"/alerts/{Uri.EscapeDataString(alert)}" : $"/n/{slug}";
        var (result, outcome) = await desk.AnswerAsync(id, form["says"], form["note"], names.Of(context.Connection.RemoteIpAddress), cancellation);
        return result switch
        {
            AnswerResult.NoQuestion => Missing.Page(),
            AnswerResult.Ended => Back(page, "ended"),
            AnswerResult.NoteTooLong => Missing.Failure(StatusCodes.Status400BadRequest),
            _ => Answer(context, outcome.Status == ReportStatus.Repeated ? new(ReportStatus.Taken) : outcome, page, "answered"),
        };
    }

    private static IResult Answer(HttpContext context, ReportOutcome outcome, string page, string said)
    {
        if (outcome.RetryAfter > TimeSpan.Zero)
            context.Response.Headers.RetryAfter = Math.Ceiling(outcome.RetryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return outcome.Status switch
        {
            ReportStatus.Taken => Back(page, said),
            ReportStatus.Repeated => Back(page, "repeated"),
            ReportStatus.Refused => Missing.Failure(StatusCodes.Status400BadRequest),
            ReportStatus.Unavailable => Missing.Failure(StatusCodes.Status503ServiceUnavailable),
            _ => new RazorComponentResult<TooManyPage>(new { OfReporter = outcome.Status == ReportStatus.TooManyOfReporter, outcome.RetryAfter, Back = page })
            {
                StatusCode = StatusCodes.Status429TooManyRequests,
            },
        };
    }

    private static IResult Back(string page, string said) => Results.LocalRedirect($"{page}?said={said}#said");
}
