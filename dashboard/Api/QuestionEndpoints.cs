using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CivicSignals.Dashboard.Access;
using CivicSignals.Dashboard.Documents;
using CivicSignals.Dashboard.Questions;
using CivicSignals.Ledger;
using CivicSignals.Neighbourhoods;
using CivicSignals.Questions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace CivicSignals.Dashboard.Api;

/// <summary>Questions to neighbourhoods as JSON: control rooms ask, residents answer without an account.</summary>
internal static class QuestionEndpoints
{
    private const int Most = 1000;
    private const int MostAnswers = 500;

    public static void MapQuestions(this IEndpointRouteBuilder app)
    {
        var questions = app.MapGroup("/api/questions").RequireAuthorization(Roles.ControlRoom).AddEndpointFilter(ChangeGuard.CheckAsync).WithTags("Questions");
        questions.MapGet("", ListAsync)
            .WithSummary("Questions to neighbourhoods, newest first")
            .AsksText("incident", "Only those about this incident.")
            .AsksNumber("limit", 1, Most, "Most to list; 100 where absent.")
            .Produces<IReadOnlyList<QuestionLine>>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        questions.MapGet("/{id}", OneAsync)
            .WithSummary("One question with what was answered")
            .Produces<QuestionWithAnswers>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        questions.MapPost("", AskAsync)
            .WithSummary("Ask a neighbourhood")
            .WithDescription("Shown on the neighbourhood's page, and on the page of the incident's public alert. Answers about an incident are weighed with it; each is told on `/api/incidents/stream` as event `question`, without an id.")
            .Takes<QuestionBody>()
            .Produces<QuestionLine>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        questions.MapPost("/{id}/withdraw", WithdrawAsync)
            .WithSummary("Withdraw a question")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        app.MapGet("/api/neighbourhoods/{slug}/questions", OpenAsync)
            .WithTags("Residents")
            .WithSummary("What a neighbourhood is asked now")
            .Produces<IReadOnlyList<OpenQuestion>>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        app.MapPost("/api/questions/{id}/answers", AnswerAsync).TakesReport()
            .WithTags("Residents")
            .WithSummary("Answer a question, or change an answer")
            .WithDescription("One answer counts of each network. The note is for control rooms only, and is kept for 30 days. 409: the question has ended.")
            .Takes<QuestionAnswerBody>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> ListAsync(HttpRequest request, IQuestionStore store, CancellationToken cancellation)
    {
        var query = new QueryReader(request.Query);
        var limit = (int)(query.Number("limit", 1, Most) ?? 100);
        if (query.Wrong is { } wrong)
            return Problems.BadRequest(wrong);
        var incident = request.Query["incident"].ToString() is { Length: > 0 } id ? id : null;
        IReadOnlyList<QuestionLine> lines = [.. (await store.NewestAsync(incident, limit, cancellation)).Select(QuestionLine.Of)];
        return Json(lines, QuestionJson.Lines.IReadOnlyListQuestionLine);
    }

    private static async Task<IResult> OneAsync(string id, IQuestionStore store, CancellationToken cancellation) =>
        await store.FindAsync(id, cancellation) is { } tally
            ? Json(new QuestionWithAnswers(QuestionLine.Of(tally), await store.AnswersAsync(id, MostAnswers, cancellation)), QuestionJson.Lines.QuestionWithAnswers)
            : NoQuestion();

    private static async Task<IResult> AskAsync(HttpContext context, QuestionDesk desk, CancellationToken cancellation)
    {
        if (await JsonBody.ReadAsync<QuestionBody>(context.Request, cancellation) is not { } body)
            return Problems.BadRequest("""The body must be {"neighbourhood":"…","text":"…","incident":"…","minutes":30}.""");
        var (question, problem) = await desk.AskAsync(new QuestionDraft(body.Neighbourhood, body.Text, body.Incident, body.Minutes), context.User.Identity!.Name!, cancellation);
        return question is null ? Problems.BadRequest(problem) : Json(QuestionLine.Of(new QuestionTally(question, 0, 0)), QuestionJson.Lines.QuestionLine);
    }

    private static async Task<IResult> WithdrawAsync(string id, QuestionDesk desk, CancellationToken cancellation) =>
        await desk.WithdrawAsync(id, cancellation) ? TypedResults.NoContent() : Problems.NotFound("No question has that id that was not withdrawn.");

    private static async Task<IResult> OpenAsync(
        string slug, HttpContext context, NeighbourhoodMap map, IQuestionStore store, TimeProvider time, CancellationToken cancellation)
    {
        if (map.BySlug(slug) is null)
            return Problems.NotFound("No neighbourhood has that slug.");
        context.Response.Headers.CacheControl = $"public, max-age={PublicApi.MaxAgeSeconds}";
        var open = await store.OpenAsync(slug, null, time.GetUtcNow(), cancellation);
        IReadOnlyList<OpenQuestion> shown = [.. open.Select(question => new OpenQuestion(question.Id, question.Text, question.AskedAt, question.Until))];
        return Json(shown, QuestionJson.Lines.IReadOnlyListOpenQuestion);
    }

    private static async Task<IResult> AnswerAsync(string id, HttpContext context, QuestionDesk desk, ReporterNames names, CancellationToken cancellation)
    {
        var body = await ReportEndpoints.BodyAsync<QuestionAnswerBody>(context.Request, cancellation);
        var (result, outcome) = await desk.AnswerAsync(id, body?.Says, body?.Note, names.Of(context.Connection.RemoteIpAddress), cancellation);
        return result switch
        {
            AnswerResult.NoQuestion => NoQuestion(),
            AnswerResult.Ended => Problems.Conflict("The question has ended."),
            AnswerResult.NoteTooLong => Problems.BadRequest($"note must have at most {QuestionAnswer.LongestNote} characters."),
            _ => ReportEndpoints.Answer(context, outcome, """The body must be {"says":"seen|nothing-here","note":""}."""),
        };
    }

    private static IResult NoQuestion() => Problems.NotFound("No question has that id.");

    private static FileContentHttpResult Json<T>(T answer, JsonTypeInfo<T> type) => TypedResults.Bytes(JsonSerializer.SerializeToUtf8Bytes(answer, type), "application/json");
}
