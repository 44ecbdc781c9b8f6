using System.Globalization;
using CivicSignals.Dashboard.Access;
using CivicSignals.Dashboard.Documents;
using CivicSignals.Dashboard.Reports;
using CivicSignals.Reports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace CivicSignals.Dashboard.Api;

/// <summary>
/// Residents' reports as JSON, without an account. JSON only: another site's page cannot send that here without being asked first.
/// </summary>
internal static class ReportEndpoints
{
    private const string Limits = "At most 6 in 10 minutes from one network, and a bounded number about one place; beyond it 429 with `Retry-After`.";

    public static void MapReports(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/reports", ReportAsync).TakesReport()
            .WithTags("Residents")
            .WithSummary("Report what you see, or that you see nothing")
            .WithDescription($"In an emergency call 999. The report is weak evidence: alone it never makes an alert public. {Limits}")
            .Takes<ReportBody>();
        app.MapPost("/api/alerts/{id}/answers", AnswerAsync).TakesReport()
            .WithTags("Residents")
            .WithSummary("Answer a public alert: I see it too, or nothing here")
            .WithDescription($"{Limits} 409: the alert is over, or nobody can see what it is about.")
            .Takes<AlertAnswerBody>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    /// <summary>What all endpoints share that take a resident's word.</summary>
    public static RouteHandlerBuilder TakesReport(this RouteHandlerBuilder route) => route
        .WithMetadata(new RequestSizeLimitAttribute(ResidentForms.MostBytes))
        .Produces<ReportAnswer>(StatusCodes.Status202Accepted)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status429TooManyRequests)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    /// <summary>An outcome as an answer.</summary>
    /// <param name="context">The request.</param>
    /// <param name="outcome">What became of it.</param>
    /// <param name="right">What would be right, where it was refused.</param>
    public static IResult Answer(HttpContext context, ReportOutcome outcome, string right) => outcome.Status switch
    {
        ReportStatus.Taken => Accepted(context, "taken"),
        ReportStatus.Repeated => Accepted(context, "repeated"),
        ReportStatus.TooManyOfReporter => Problems.TooMany(context, outcome.RetryAfter, "A lot was reported from this network lately. Thank you; come again later."),
        ReportStatus.TooManyOfPlace => Problems.TooMany(context, outcome.RetryAfter, "Many people have reported this place lately; another report would change nothing."),
        ReportStatus.Refused => Problems.BadRequest($"{right} ({outcome.Reason})"),
        _ => Busy(context),
    };

    /// <summary>The body as a small JSON object; null where it is none: it is refused and counted where reports are.</summary>
    public static async Task<T?> BodyAsync<T>(HttpRequest request, CancellationToken cancellation)
        where T : class
    {
        try
        {
            return await JsonBody.ReadAsync<T>(request, cancellation, ResidentForms.MostBytes);
        }
        catch (BadHttpRequestException)
        {
            return null; // Larger than it may be.
        }
    }

    private static async Task<IResult> ReportAsync(HttpContext context, IReports reports, ReporterNames names, CancellationToken cancellation)
    {
        var body = await BodyAsync<ReportBody>(context.Request, cancellation);
        var report = new Report(names.Of(context.Connection.RemoteIpAddress)) { Kind = body?.Kind, Says = body?.Says, Place = body?.Place };
        var right = string.Create(CultureInfo.InvariantCulture, $$"""
            The body must be {"kind":"…","says":"seen|nothing-here","lat":…,"lon":…} of at most {{ResidentForms.MostBytes}} bytes, with a kind of {{string.Join(", ", ReportKinds.All)}}.
            """);
        return Answer(context, await reports.OfferAsync(report), right);
    }

    private static async Task<IResult> AnswerAsync(string id, HttpContext context, AlertAnswers answers, ReporterNames names, CancellationToken cancellation)
    {
        var body = await BodyAsync<AlertAnswerBody>(context.Request, cancellation);
        var (answer, outcome) = await answers.OfferAsync(id, body?.Says, names.Of(context.Connection.RemoteIpAddress), cancellation);
        return answer switch
        {
            AlertAnswer.NoAlert => Problems.NotFound("No public alert has that id."),
            AlertAnswer.Over => Problems.Conflict("The alert is over, or nobody can see what it is about."),
            _ => Answer(context, outcome, """The body must be {"says":"seen|nothing-here"}."""),
        };
    }

    private static JsonHttpResult<ReportAnswer> Accepted(HttpContext context, string result)
    {
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(new ReportAnswer(result), statusCode: StatusCodes.Status202Accepted);
    }

    private static IResult Busy(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "2";
        return Problems.Of(StatusCodes.Status503ServiceUnavailable, "The report could not be kept now. Try again.");
    }
}
