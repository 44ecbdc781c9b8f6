using CivicSignals.Signals;

namespace CivicSignals.Questions;

/// <summary>Something that a control room asks the people of a neighbourhood.</summary>
public sealed record Question
{
    /// <summary>The longest text, characters.</summary>
    public const int LongestText = 200;

    /// <summary>How long questions and their answers are kept after they were asked.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>For how many minutes a question may stand.</summary>
    public static IReadOnlyList<int> Durations { get; } = [15, 30, 60];

    /// <summary>Letters and digits, at most 32.</summary>
    public required string Id { get; init; }

    /// <summary>Slug of the neighbourhood that is asked.</summary>
    public required string Neighbourhood { get; init; }

    /// <summary>What is asked: plain text, 1..<see cref="LongestText"/> characters.</summary>
    public required string Text { get; init; }

    /// <summary>The incident that it is about, or null.</summary>
    public QuestionSubject? About { get; init; }

    /// <summary>Who asked.</summary>
    public required string AskedBy { get; init; }
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>When it ends by itself.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>When it was withdrawn, or null.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }

    /// <summary>Whether it may be answered at a moment.</summary>
    public bool IsOpen(DateTimeOffset now) => WithdrawnAt is null && now < Until;
}

/// <summary>The incident that a question is about.</summary>
/// <param name="Incident">Its id.</param>
/// <param name="Area">Quadkey of the area that owns it.</param>
/// <param name="Hazard">What it is feared to be.</param>
public sealed record QuestionSubject(string Incident, string Area, Hazard Hazard);

/// <summary>What one person answered, as it stands: a person may change it.</summary>
/// <param name="Reporter">Pseudonym of who answered.</param>
/// <param name="Seen">True: sees it; false: sees nothing.</param>
/// <param name="Note">In that person's words, for control rooms only; at most <see cref="LongestNote"/> characters, may be empty.</param>
/// <param name="At">When.</param>
public sealed record QuestionAnswer(string Reporter, bool Seen, string Note, DateTimeOffset At)
{
    /// <summary>The longest note, characters.</summary>
    public const int LongestNote = 200;
}

/// <summary>A question with how it was answered.</summary>
/// <param name="Question">The question.</param>
/// <param name="Yes">How many see it.</param>
/// <param name="No">How many see nothing.</param>
public sealed record QuestionTally(Question Question, int Yes, int No);
