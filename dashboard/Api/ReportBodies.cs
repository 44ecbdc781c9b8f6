using System.ComponentModel.DataAnnotations;
using CivicSignals.Questions;
using CivicSignals.Signals;

namespace CivicSignals.Dashboard.Api;

/// <summary>What a resident reports.</summary>
/// <param name="Kind"><c>fire</c>, <c>gas</c>, <c>flood</c>, <c>crash</c>, <c>road-hazard</c>, <c>intrusion</c>, <c>disorder</c> or <c>medical</c>.</param>
/// <param name="Says"><c>seen</c>, or <c>nothing-here</c>: somebody else may see it there, and this person does not.</param>
/// <param name="Lat">Degrees.</param>
/// <param name="Lon">Degrees.</param>
/// <param name="UncertaintyM">Metres; absent: 50.</param>
public sealed record ReportBody(
    string? Kind = null,
    string? Says = null,
    [property: Range(-85, 85)] double? Lat = null,
    [property: Range(-180, 180)] double? Lon = null,
    [property: Range(0, 10_000)] double? UncertaintyM = null)
{
    private const double DefaultUncertaintyM = 50;

    internal Place? Place => Lat is { } lat && Lon is { } lon ? new Place(lat, lon, UncertaintyM ?? DefaultUncertaintyM) : null;
}

/// <summary>An answer to an alert.</summary>
/// <param name="Says"><c>seen</c> or <c>nothing-here</c>.</param>
public sealed record AlertAnswerBody(string? Says = null);

/// <summary>An answer to a question.</summary>
/// <param name="Says"><c>seen</c> or <c>nothing-here</c>.</param>
/// <param name="Note">For the control room, in the person's own words; plain text.</param>
public sealed record QuestionAnswerBody(string? Says = null, [property: MaxLength(QuestionAnswer.LongestNote)] string? Note = null);

/// <summary>What became of what a resident said.</summary>
/// <param name="Result"><c>taken</c>: kept and weighed; <c>repeated</c>: the same was said from this network before.</param>
public sealed record ReportAnswer(string Result);

/// <summary>A question to ask.</summary>
/// <param name="Neighbourhood">Slug of the neighbourhood.</param>
/// <param name="Text">What to ask; plain text.</param>
/// <param name="Incident">Id of the open incident that it is about; absent: none.</param>
/// <param name="Minutes">15, 30 or 60; absent: 30.</param>
public sealed record QuestionBody(
    string? Neighbourhood = null, [property: MaxLength(Question.LongestText)] string? Text = null, string? Incident = null, int? Minutes = null);
