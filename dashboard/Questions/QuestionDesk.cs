using System.Security.Cryptography;
using System.Text.Json;
using CivicSignals.Dashboard.Live;
using CivicSignals.Dashboard.Reports;
using CivicSignals.Incidents;
using CivicSignals.Ledger;
using CivicSignals.Neighbourhoods;
using CivicSignals.Questions;
using CivicSignals.Reports;
using CivicSignals.Signals;

namespace CivicSignals.Dashboard.Questions;

/// <summary>What became of an answer to a question.</summary>
internal enum AnswerResult
{
    /// <summary>It was offered: see the outcome. Taken or repeated, it is kept.</summary>
    Offered,

    /// <summary>No question has that id.</summary>
    NoQuestion,

    /// <summary>The question has ended or was withdrawn.</summary>
    Ended,

    /// <summary>The note is longer than <see cref="QuestionAnswer.LongestNote"/>.</summary>
    NoteTooLong,
}

/// <summary>A control room asks a neighbourhood, residents answer, and the control room sees the answers arrive.</summary>
internal sealed class QuestionDesk(IQuestionStore store, IReports reports, ILedgerReader ledger, NeighbourhoodMap map, LiveHub live, TimeProvider time)
{
    private const int DefaultMinutes = 30;
    private const int LongestUser = 100;

    /// <summary>Asks. The question is kept when the task completes; without one, what is wrong with the draft.</summary>
    public async Task<(Question? Question, string Problem)> AskAsync(QuestionDraft draft, string user, CancellationToken cancellation)
    {
        if (draft.Neighbourhood is null || map.BySlug(draft.Neighbourhood) is null)
            return (null, "Choose a neighbourhood that is served here.");
        if (PlainText.Of(draft.Text, Question.LongestText) is not { Length: > 0 } text)
            return (null, $"A question has 1 to {Question.LongestText} characters.");
        if (!Question.Durations.Contains(draft.Minutes ?? DefaultMinutes))
            return (null, $"A question stands for {string.Join(", ", Question.Durations)} minutes.");
        var about = draft.Incident is { Length: > 0 } incident ? await SubjectAsync(incident, cancellation) : null;
        if (about is null && draft.Incident is { Length: > 0 })
            return (null, "No open incident has that id.");
        var now = time.GetUtcNow();
        var question = new Question
        {
            Id = RandomNumberGenerator.GetHexString(20, lowercase: true),
            Neighbourhood = draft.Neighbourhood,
            Text = text,
            About = about,
            AskedBy = user.Length > LongestUser ? user[..LongestUser] : user,
            AskedAt = now,
            Until = now.AddMinutes(draft.Minutes ?? DefaultMinutes),
        };
        await store.AskAsync(question);
        live.Tell(LiveFrame.Of(new QuestionTally(question, 0, 0)));
        return (question, "");
    }

    /// <summary>Withdraws a question. False: there is none, or it was withdrawn before.</summary>
    public async Task<bool> WithdrawAsync(string id, CancellationToken cancellation)
    {
        if (!await store.WithdrawAsync(id, time.GetUtcNow()))
            return false;
        await TellAsync(id, cancellation);
        return true;
    }

    /// <summary>
    /// Answers a question, or changes an answer. Weighed first where it is about an incident, then kept: who is told to come again has changed nothing that
    /// another try would not change.
    /// </summary>
    public async Task<(AnswerResult Result, ReportOutcome Outcome)> AnswerAsync(string id, string? says, string? note, string reporter, CancellationToken cancellation)
    {
        if (await store.FindAsync(id, cancellation) is not { Question: var question })
            return (AnswerResult.NoQuestion, default);
        var now = time.GetUtcNow();
        if (!question.IsOpen(now))
            return (AnswerResult.Ended, default);
        if (PlainText.Of(note, QuestionAnswer.LongestNote) is not { } words)
            return (AnswerResult.NoteTooLong, default);
        var outcome = await reports.OfferAsync(new Report(reporter)
        {
            Says = says,
            Question = id,
            Kind = question.About is { } about ? ReportKinds.Of(about.Hazard) : null,
            Place = map.BySlug(question.Neighbourhood) is { } neighbourhood ? Somewhere.In(neighbourhood) : null,
            Target = question.About is { } subject && ReportKinds.Of(subject.Hazard) is not null ? new SignalTarget(subject.Area, subject.Incident) : null,
        });
        if (outcome.Status is not (ReportStatus.Taken or ReportStatus.Repeated))
            return (AnswerResult.Offered, outcome);
        if (!await store.AnswerAsync(id, new QuestionAnswer(reporter, says == "seen", words, now)))
            return (AnswerResult.Ended, default);
        await TellAsync(id, cancellation);
        return (AnswerResult.Offered, outcome);
    }

    private async Task TellAsync(string id, CancellationToken cancellation)
    {
        if (await store.FindAsync(id, cancellation) is { } tally)
            live.Tell(LiveFrame.Of(tally));
    }

    private async Task<QuestionSubject?> SubjectAsync(string incident, CancellationToken cancellation)
    {
        var entries = await ledger.IncidentAsync(incident, cancellation);
        if (entries.LastOrDefault(entry => entry.Type == EntryType.Incident) is not { } newest)
            return null;
        var line = JsonSerializer.Deserialize(newest.Body.Span, LedgerJson.Lines.IncidentLine)!;
        return line.Stage == Stage.Open ? new QuestionSubject(incident, newest.Area, line.Hazard) : null;
    }
}
