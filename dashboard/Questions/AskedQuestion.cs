using CivicSignals.Ledger;
using CivicSignals.Questions;

namespace CivicSignals.Dashboard.Questions;

/// <summary>A question as a control room looks at it.</summary>
/// <param name="Tally">The question with its counts.</param>
/// <param name="Answers">The newest answers.</param>
public sealed record AskedQuestion(QuestionTally Tally, IReadOnlyList<QuestionAnswer> Answers)
{
    private const int MostAnswers = 200;
    private const int MostAboutOne = 20;

    /// <summary>One question, or null.</summary>
    public static async Task<AskedQuestion?> FindAsync(IQuestionStore store, string id, CancellationToken cancellation) =>
        await store.FindAsync(id, cancellation) is { } tally ? new(tally, await store.AnswersAsync(id, MostAnswers, cancellation)) : null;

    /// <summary>The questions about an incident, newest first.</summary>
    public static async Task<IReadOnlyList<AskedQuestion>> AboutAsync(IQuestionStore store, string incident, CancellationToken cancellation)
    {
        var asked = new List<AskedQuestion>();
        foreach (var tally in await store.NewestAsync(incident, MostAboutOne, cancellation))
            asked.Add(new(tally, await store.AnswersAsync(tally.Question.Id, MostAnswers, cancellation)));
        return asked;
    }
}
