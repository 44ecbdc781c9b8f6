namespace CivicSignals.Dashboard.Deliveries;

/// <summary>One version of an alert as it is to stand on a network.</summary>
/// <param name="Alert">The alert's id.</param>
/// <param name="Version">From 1.</param>
/// <param name="FirstSentAt">When version 1 was sent, UTC; the same in all versions.</param>
/// <param name="At">When this version was sent, UTC.</param>
/// <param name="Text">In plain text, at most 300 graphemes and 500 characters; holds the link.</param>
/// <param name="Link">Address of the alert's page.</param>
/// <param name="Ending">How it ended, in one line; null while it has not.</param>
internal sealed record Post(string Alert, int Version, DateTimeOffset FirstSentAt, DateTimeOffset At, string Text, string Link, string? Ending);
