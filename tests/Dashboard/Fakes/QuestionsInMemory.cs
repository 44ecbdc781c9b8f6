using CivicSignals.Ledger;
using CivicSignals.Questions;

namespace CivicSignals.Tests.Dashboard.Fakes;

/// <summary>Questions and answers in memory.</summary>
public sealed class QuestionsInMemory : IQuestionStore
{
    private readonly Lock _gate = new();
    private readonly List<Question> _questions = [];
    private readonly Dictionary<(string Question, string Reporter), QuestionAnswer> _answers = [];

    public Task AskAsync(Question question) => Locked(() => { _questions.Add(question); return true; });

    public Task<bool> WithdrawAsync(string question, DateTimeOffset at) => Locked(() =>
    {
        var found = _questions.FindIndex(asked => asked.Id == question && asked.WithdrawnAt is null);
        if (found >= 0)
            _questions[found] = _questions[found] with { WithdrawnAt = at };
        return found >= 0;
    });

    public Task<bool> AnswerAsync(string question, QuestionAnswer answer) => Locked(() =>
    {
        var stands = _questions.Any(asked => asked.Id == question && asked.IsOpen(answer.At));
        if (stands)
            _answers[(question, answer.Reporter)] = answer;
        return stands;
    });

    public Task<QuestionTally?> FindAsync(string question, CancellationToken cancellation) =>
        Locked(() => _questions.Where(asked => asked.Id == question).Select(Tally).SingleOrDefault());

    public Task<IReadOnlyList<Question>> OpenAsync(string? neighbourhood, string? incident, DateTimeOffset now, CancellationToken cancellation) =>
        Locked<IReadOnlyList<Question>>(() => [.. _questions.Where(asked => asked.IsOpen(now)
            && (neighbourhood is null || asked.Neighbourhood == neighbourhood) && (incident is null || asked.About?.Incident == incident))]);

    public Task<IReadOnlyList<QuestionTally>> NewestAsync(string? incident, int limit, CancellationToken cancellation) =>
        Locked<IReadOnlyList<QuestionTally>>(() => [.. _questions.Where(asked => incident is null || asked.About?.Incident == incident).OrderByDescending(asked => asked.AskedAt).Take(limit).Select(Tally)]);

    public Task<IReadOnlyList<QuestionAnswer>> AnswersAsync(string question, int limit, CancellationToken cancellation) =>
        Locked<IReadOnlyList<QuestionAnswer>>(() => [.. AnswersTo(question).OrderByDescending(answer => answer.At).Take(limit)]);

    public Task<int> ForgetAsync(DateTimeOffset before) => Locked(() => _questions.RemoveAll(asked => asked.AskedAt < before));

    private QuestionTally Tally(Question question) => new(question, AnswersTo(question.Id).Count(answer => answer.Seen), AnswersTo(question.Id).Count(answer => !answer.Seen));

    private IEnumerable<QuestionAnswer> AnswersTo(string question) => _answers.Where(answer => answer.Key.Question == question).Select(answer => answer.Value);

    private Task<T> Locked<T>(Func<T> what)
    {
        lock (_gate)
            return Task.FromResult(what());
    }
}
