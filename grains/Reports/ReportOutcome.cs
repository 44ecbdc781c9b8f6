namespace CivicSignals.Reports;

/// <summary>How a report ended.</summary>
public enum ReportStatus
{
    /// <summary>It is kept and weighed. Whether anything else is known of the place is not told.</summary>
    Taken,

    /// <summary>The same reporter said so before; it changes nothing.</summary>
    Repeated,

    /// <summary>This reporter has said a lot lately: come again after <see cref="ReportOutcome.RetryAfter"/>.</summary>
    TooManyOfReporter,

    /// <summary>Many others there say the same: it would change nothing.</summary>
    TooManyOfPlace,

    /// <summary>It is no report: see <see cref="ReportOutcome.Reason"/>.</summary>
    Refused,

    /// <summary>It could not be kept now: come again.</summary>
    Unavailable,
}

/// <summary>What became of a report.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="RetryAfter">How long to wait, where it was one too many.</param>
/// <param name="Reason">What is wrong with it, where it was refused: one of a small fixed set.</param>
public readonly record struct ReportOutcome(ReportStatus Status, TimeSpan RetryAfter = default, string? Reason = null);
