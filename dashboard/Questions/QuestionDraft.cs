namespace CivicSignals.Dashboard.Questions;

/// <summary>A question to be, as somebody wrote it.</summary>
/// <param name="Neighbourhood">Slug.</param>
/// <param name="Text">What to ask.</param>
/// <param name="Incident">The incident that it is about, or null.</param>
/// <param name="Minutes">For how long; absent: 30.</param>
internal sealed record QuestionDraft(string? Neighbourhood, string? Text, string? Incident, int? Minutes);
