using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CivicSignals.Ledger;

namespace CivicSignals.Questions;

/// <summary>How questions look to outsiders: camel case, enums by name, times as in the ledger.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    Converters = [typeof(UtcMillisecondsConverter)])]
[JsonSerializable(typeof(QuestionLine))]
[JsonSerializable(typeof(IReadOnlyList<QuestionLine>))]
[JsonSerializable(typeof(QuestionWithAnswers))]
[JsonSerializable(typeof(IReadOnlyList<OpenQuestion>))]
public sealed partial class QuestionJson : JsonSerializerContext
{
    /// <summary>The context to use: text as it is, not escaped for HTML; encode it where it is shown.</summary>
    public static QuestionJson Lines => Relaxed.Lines;

    // In a class of its own, so that the generated Default, which alone knows the options above, exists before it is copied.
    private static class Relaxed
    {
        public static readonly QuestionJson Lines = new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}

/// <summary>A question as control rooms read it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Neighbourhood">Slug of the neighbourhood that is asked.</param>
/// <param name="Text">What is asked.</param>
/// <param name="Incident">The incident that it is about, or null.</param>
/// <param name="AskedBy">Who asked.</param>
/// <param name="AskedAt">When.</param>
/// <param name="Until">When it ends by itself.</param>
/// <param name="WithdrawnAt">When it was withdrawn, or null.</param>
/// <param name="Yes">How many see it.</param>
/// <param name="No">How many see nothing.</param>
public sealed record QuestionLine(
    string Id, string Neighbourhood, string Text, string? Incident, string AskedBy, DateTimeOffset AskedAt, DateTimeOffset Until, DateTimeOffset? WithdrawnAt, int Yes, int No)
{
    public static QuestionLine Of(QuestionTally tally) => new(
        tally.Question.Id, tally.Question.Neighbourhood, tally.Question.Text, tally.Question.About?.Incident, tally.Question.AskedBy, tally.Question.AskedAt, tally.Question.Until,
        tally.Question.WithdrawnAt, tally.Yes, tally.No);
}

/// <summary>A question with what was answered.</summary>
/// <param name="Question">The question.</param>
/// <param name="Answers">One of each person, newest first; at most 500.</param>
public sealed record QuestionWithAnswers(QuestionLine Question, IReadOnlyList<QuestionAnswer> Answers);

/// <summary>A question as residents read it.</summary>
/// <param name="Id">Its id, to answer it.</param>
/// <param name="Text">What is asked.</param>
/// <param name="AskedAt">When.</param>
/// <param name="Until">Until when it can be answered.</param>
public sealed record OpenQuestion(string Id, string Text, DateTimeOffset AskedAt, DateTimeOffset Until);
