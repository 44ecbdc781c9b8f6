using CivicSignals.Ledger;
using CivicSignals.Questions;
using CivicSignals.Signals;
using Microsoft.Data.Sqlite;

namespace CivicSignals.Silo.Storage.Sqlite;

/// <summary>Questions to neighbourhoods and their answers, kept beside the ledger.</summary>
internal sealed class SqliteQuestions(SqliteFile file, SqliteWriter writer) : IQuestionStore
{
    /// <summary>About how much memory a question or an answer holds while it waits to be written, bytes.</summary>
    private const int Bytes = 1024;

    private const int MostOpen = 20;

    private const string Columns = "q.id, q.neighbourhood, q.text, q.incident, q.area, q.hazard, q.asked_by, q.asked_at, q.until, q.withdrawn_at";

    private const string Tallies = $"""
        SELECT {Columns}, (SELECT count(*) FROM answer WHERE question = q.id AND seen), (SELECT count(*) FROM answer WHERE question = q.id AND NOT seen)
        FROM question q
        """;

    public Task AskAsync(Question question) => writer.WriteAsync(Bytes, session => session.Execute(
        """
        INSERT INTO question (id, neighbourhood, text, incident, area, hazard, asked_by, asked_at, until, withdrawn_at)
        VALUES ($id, $neighbourhood, $text, $incident, $area, $hazard, $by, $at, $until, NULL)
        """,
        ("$id", question.Id),
        ("$neighbourhood", question.Neighbourhood),
        ("$text", question.Text),
        ("$incident", (object?)question.About?.Incident ?? DBNull.Value),
        ("$area", (object?)question.About?.Area ?? DBNull.Value),
        ("$hazard", (object?)question.About?.Hazard.ToString() ?? DBNull.Value),
        ("$by", question.AskedBy),
        ("$at", Milliseconds(question.AskedAt)),
        ("$until", Milliseconds(question.Until))));

    public Task<bool> WithdrawAsync(string question, DateTimeOffset at) => writer.WriteAsync(Bytes, session => session.Execute(
        "UPDATE question SET withdrawn_at = $at WHERE id = $id AND withdrawn_at IS NULL", ("$id", question), ("$at", Milliseconds(at))) > 0);

    public Task<bool> AnswerAsync(string question, QuestionAnswer answer) => writer.WriteAsync(Bytes, session => session.Execute(
        """
        INSERT INTO answer (question, reporter, seen, note, at)
        SELECT id, $reporter, $seen, $note, $at FROM question WHERE id = $id AND withdrawn_at IS NULL AND until > $at
        ON CONFLICT (question, reporter) DO UPDATE SET seen = excluded.seen, note = excluded.note, at = excluded.at
        """,
        ("$id", question),
        ("$reporter", answer.Reporter),
        ("$seen", answer.Seen ? 1 : 0),
        ("$note", answer.Note),
        ("$at", Milliseconds(answer.At))) > 0);

    public Task<QuestionTally?> FindAsync(string question, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(file.Read($"{Tallies} WHERE q.id = $id", row => row.All(Tally), ("$id", question)) is [var found] ? found : null);
    }

    public Task<IReadOnlyList<Question>> OpenAsync(string? neighbourhood, string? incident, DateTimeOffset now, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(file.Read(
            $"""
            SELECT {Columns} FROM question q
            WHERE q.until > $now AND q.asked_at <= $now AND q.withdrawn_at IS NULL
              AND ($neighbourhood IS NULL OR q.neighbourhood = $neighbourhood) AND ($incident IS NULL OR q.incident = $incident)
            ORDER BY q.asked_at DESC, q.id LIMIT {MostOpen}
            """,
            row => row.All(Read),
            ("$now", Milliseconds(now)),
            ("$neighbourhood", (object?)neighbourhood ?? DBNull.Value),
            ("$incident", (object?)incident ?? DBNull.Value)));
    }

    public Task<IReadOnlyList<QuestionTally>> NewestAsync(string? incident, int limit, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(file.Read(
            $"{Tallies} WHERE $incident IS NULL OR q.incident = $incident ORDER BY q.asked_at DESC, q.id LIMIT $limit",
            row => row.All(Tally),
            ("$incident", (object?)incident ?? DBNull.Value),
            ("$limit", limit)));
    }

    public Task<IReadOnlyList<QuestionAnswer>> AnswersAsync(string question, int limit, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(file.Read(
            "SELECT reporter, seen, note, at FROM answer WHERE question = $id ORDER BY at DESC, reporter LIMIT $limit",
            row => row.All(read => new QuestionAnswer(read.GetString(0), read.GetBoolean(1), read.GetString(2), Time(read.GetInt64(3)))),
            ("$id", question),
            ("$limit", limit)));
    }

    public async Task<int> ForgetAsync(DateTimeOffset before)
    {
        var forgotten = await writer.WriteAsync(Bytes, session => Scrub.Overwriting(session, () => Forget(session, Milliseconds(before))));
        if (forgotten > 0)
            await writer.TruncateLogAsync(); // Where a reader still needs it, it is overwritten in time.
        return forgotten;
    }

    private static int Forget(WriterSession session, long before)
    {
        session.Execute("DELETE FROM answer WHERE question IN (SELECT id FROM question WHERE asked_at < $before)", ("$before", before));
        var forgotten = session.Execute("DELETE FROM question WHERE asked_at < $before", ("$before", before));
        foreach (var table in forgotten > 0 ? (string[])["answer", "question"] : [])
            Scrub.WriteAnew(session, table);
        return forgotten;
    }

    private static QuestionTally Tally(SqliteDataReader row) => new(Read(row), row.GetInt32(10), row.GetInt32(11));

    private static Question Read(SqliteDataReader row) => new()
    {
        Id = row.GetString(0),
        Neighbourhood = row.GetString(1),
        Text = row.GetString(2),
        About = row.TextOrNull(3) is { } incident ? new QuestionSubject(incident, row.GetString(4), Enum.Parse<Hazard>(row.GetString(5))) : null,
        AskedBy = row.GetString(6),
        AskedAt = Time(row.GetInt64(7)),
        Until = Time(row.GetInt64(8)),
        WithdrawnAt = row.IsDBNull(9) ? null : Time(row.GetInt64(9)),
    };

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static long Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds();
}
