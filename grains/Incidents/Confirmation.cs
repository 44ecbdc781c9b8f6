namespace CivicSignals.Incidents;

/// <summary>The rule that made an incident confirmed, with what met it and when.</summary>
/// <param name="Rule">Name of the rule in the fusion model, such as <c>two-kinds</c> or <c>operator</c>.</param>
/// <param name="Version">The rule's version.</param>
/// <param name="At">When it was met.</param>
/// <param name="By">What met it: <c>source kind</c> of each piece of evidence, or the user's name.</param>
public sealed record Confirmation(string Rule, int Version, DateTimeOffset At, IReadOnlyList<string> By);
