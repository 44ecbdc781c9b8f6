using CivicSignals.Ledger;
using CivicSignals.Questions;
using CivicSignals.Signals;
using Npgsql;

namespace CivicSignals.Silo.Storage.Postgres;

/// <summary>Questions to neighbourhoods and their answers, kept beside the ledger.</summary>
internal sealed class PostgresQuestions(PostgresDatabase database) : IQuestionStore
{
    private const int MostOpen = 20;

    private const string Columns = "q.id, q.neighbourhood, q.text, q.incident, q.area, q.hazard, q.asked_by, q.asked_at, q.until, q.withdrawn_at";

    private const string Tallies = $"""
        SELECT {Columns}, (SELECT count(*) FROM answer WHERE question = q.id AND seen), (SELECT count(*) FROM answer WHERE question = q.id AND NOT seen)
        FROM question q
        """;

    public Task AskAsync(Question question) => database.WriteAsync(new Statement(
        """
        INSERT INTO question (id, neighbourhood, text, incident, area, hazard, asked_by, asked_at, until, withdrawn_at)
        VALUES (@id, @neighbourhood, @text, @incident, @area, @hazard, @by, @at, @until, NULL)
        """,
        ("id", question.Id),
        ("neighbourhood", question.Neighbourhood),
        ("text", question.Text),
        ("incident", question.About?.Incident),
        ("area", question.About?.Area),
        ("hazard", question.About?.Hazard.ToString()),
        ("by", question.AskedBy),
        ("at", question.AskedAt.ToUnixTimeMilliseconds()),
        ("until", question.Until.ToUnixTimeMilliseconds())));

    public async Task<bool> WithdrawAsync(string question, DateTimeOffset at) => await database.WriteAsync(new Statement(
        "UPDATE question SET withdrawn_at = @at WHERE id = @id AND withdrawn_at IS NULL", ("id", question), ("at", at.ToUnixTimeMilliseconds()))) > 0;

    public async Task<bool> AnswerAsync(string question, QuestionAnswer answer) => await database.WriteAsync(new Statement(
        """
        INSERT INTO answer (question, reporter, seen, note, at)
        SELECT id, @reporter, @seen, @note, @at FROM question WHERE id = @id AND withdrawn_at IS NULL AND until > @at
        ON CONFLICT (question, reporter) DO UPDATE SET seen = excluded.seen, note = excluded.note, at = excluded.at
        """,
        ("id", question),
        ("reporter", answer.Reporter),
        ("seen", answer.Seen),
        ("note", answer.Note),
        ("at", answer.At.ToUnixTimeMilliseconds()))) > 0;

    public Task<QuestionTally?> FindAsync(string question, CancellationToken cancellation) =>
        database.FirstAsync(new($"{Tallies} WHERE q.id = @id", ("id", question)), Tally, cancellation);

    public Task<IReadOnlyList<Question>> OpenAsync(string? neighbourhood, string? incident, DateTimeOffset now, CancellationToken cancellation) => database.ReadAsync(
        new(
            $"""
            SELECT {Columns} FROM question q
            WHERE q.until > @now AND q.asked_at <= @now AND q.withdrawn_at IS NULL
              AND (@neighbourhood::text IS NULL OR q.neighbourhood = @neighbourhood) AND (@incident::text IS NULL OR q.incident = @incident)
            ORDER BY q.asked_at DESC, q.id LIMIT {MostOpen}
            """,
            ("now", now.ToUnixTimeMilliseconds()),
            ("neighbourhood", neighbourhood),
            ("incident", incident)),
        Read,
        cancellation);

    public Task<IReadOnlyList<QuestionTally>> NewestAsync(string? incident, int limit, CancellationToken cancellation) => database.ReadAsync(
        new(
            $"{Tallies} WHERE @incident::text IS NULL OR q.incident = @incident ORDER BY q.asked_at DESC, q.id LIMIT @limit",
            ("incident", incident),
            ("limit", limit)),
        Tally,
        cancellation);

    public Task<IReadOnlyList<QuestionAnswer>> AnswersAsync(string question, int limit, CancellationToken cancellation) => database.ReadAsync(
        new("SELECT reporter, seen, note, at FROM answer WHERE question = @id ORDER BY at DESC, reporter LIMIT @limit", ("id", question), ("limit", limit)),
        row => new QuestionAnswer(row.GetString(0), row.GetBoolean(1), row.GetString(2), row.Time(3)),
        cancellation);

    public Task<int> ForgetAsync(DateTimeOffset before) =>
        database.WriteAsync(new Statement("DELETE FROM question WHERE asked_at < @before", ("before", before.ToUnixTimeMilliseconds())));

    private static QuestionTally Tally(NpgsqlDataReader row) => new(Read(row), (int)row.GetInt64(10), (int)row.GetInt64(11));

    private static Question Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetString(0),
        Neighbourhood = row.GetString(1),
        Text = row.GetString(2),
        About = row.TextOrNull(3) is { } incident ? new QuestionSubject(incident, row.GetString(4), Enum.Parse<Hazard>(row.GetString(5))) : null,
        AskedBy = row.GetString(6),
        AskedAt = row.Time(7),
        Until = row.Time(8),
        WithdrawnAt = row.TimeOrNull(9),
    };
}
