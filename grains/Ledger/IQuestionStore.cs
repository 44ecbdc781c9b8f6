using CivicSignals.Questions;

namespace CivicSignals.Ledger;

/// <summary>
/// Questions to neighbourhoods and their answers, kept beside the ledger. What a task wrote is on disk when it completes. All members are thread-safe and
/// throw <see cref="LedgerUnavailableException"/> when the database cannot be read or written now.
/// </summary>
public interface IQuestionStore
{
    /// <summary>Keeps a new question.</summary>
    Task AskAsync(Question question);

    /// <summary>Ends a question before its time. False: there is none that was not withdrawn.</summary>
    Task<bool> WithdrawAsync(string question, DateTimeOffset at);

    /// <summary>Keeps a person's answer, instead of the one that the same person gave before. False: there is no question that stands at that moment.</summary>
    Task<bool> AnswerAsync(string question, QuestionAnswer answer);

    /// <summary>One question, or null.</summary>
    Task<QuestionTally?> FindAsync(string question, CancellationToken cancellation);

    /// <summary>Questions that stand, to a neighbourhood or about an incident, newest first; at most 20.</summary>
    /// <param name="neighbourhood">Slug, or null for all.</param>
    /// <param name="incident">Id, or null for all.</param>
    /// <param name="now">The moment.</param>
    /// <param name="cancellation">Cancels the read.</param>
    Task<IReadOnlyList<Question>> OpenAsync(string? neighbourhood, string? incident, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Questions, standing or not, newest first.</summary>
    /// <param name="incident">Only those about this incident; null: all.</param>
    /// <param name="limit">1..1,000.</param>
    /// <param name="cancellation">Cancels the read.</param>
    Task<IReadOnlyList<QuestionTally>> NewestAsync(string? incident, int limit, CancellationToken cancellation);

    /// <summary>Answers to a question, newest first.</summary>
    Task<IReadOnlyList<QuestionAnswer>> AnswersAsync(string question, int limit, CancellationToken cancellation);

    /// <summary>Removes questions asked before a moment, with their answers; how many.</summary>
    Task<int> ForgetAsync(DateTimeOffset before);
}
