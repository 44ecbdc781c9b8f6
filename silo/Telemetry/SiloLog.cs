namespace CivicSignals.Silo.Telemetry;

/// <summary>The silo's log messages; event ids 1000..1099.</summary>
internal static partial class SiloLog
{
    [LoggerMessage(1000, LogLevel.Error, "The ledger could not be written; {Writes} writes failed and are not acknowledged")]
    public static partial void CommitFailed(this ILogger log, Exception exception, int writes);

    [LoggerMessage(1001, LogLevel.Warning, "The ledger's connection could not be closed in order; a new one will be opened")]
    public static partial void RollbackFailed(this ILogger log, Exception exception);

    [LoggerMessage(1010, LogLevel.Warning, "The silos were not told that the ledger has grown to {Seq}; they will find it by reading on")]
    public static partial void AnnouncementFailed(this ILogger log, Exception exception, long seq);

    [LoggerMessage(1016, LogLevel.Critical, "The ledger has been out of this silo's reach for {Away}, and another silo reaches it: this one ends, so that its areas go there")]
    public static partial void SteppingDown(this ILogger log, TimeSpan away);

    [LoggerMessage(1018, LogLevel.Warning, "Not ready: {Check}: {Reason}")]
    public static partial void NotReady(this ILogger log, string check, string reason);

    [LoggerMessage(1019, LogLevel.Information, "Ready again: {Check}")]
    public static partial void ReadyAgain(this ILogger log, string check);

    [LoggerMessage(1017, LogLevel.Warning, "PostgreSQL does not answer ({Reason}); it is waited for, up to {Patience}")]
    public static partial void WaitingForDatabase(this ILogger log, string reason, TimeSpan patience);

    [LoggerMessage(1014, LogLevel.Warning, "This silo does not hear what the others write; it looks every second until it does")]
    public static partial void PushesNotHeard(this ILogger log, Exception exception);

    [LoggerMessage(1011, LogLevel.Error, "Areas with something to close could not be read; trying again")]
    public static partial void DueAreasUnknown(this ILogger log, Exception exception);

    [LoggerMessage(1012, LogLevel.Error, "Area {Area} did not close what is due; trying again")]
    public static partial void TickFailed(this ILogger log, Exception exception, string area);

    [LoggerMessage(1013, LogLevel.Error, "What has been kept for long enough could not all be removed; trying again in an hour")]
    public static partial void WordsNotRemoved(this ILogger log, Exception exception);

    [LoggerMessage(1015, LogLevel.Warning, "How this silo is could not be told to the others; it is told again")]
    public static partial void ReportNotTaken(this ILogger log, Exception exception);

    [LoggerMessage(1030, LogLevel.Information, "This silo has taken a duty: {Duty}")]
    public static partial void DutyTaken(this ILogger log, string duty);

    [LoggerMessage(1031, LogLevel.Information, "This silo has left a duty: {Duty}")]
    public static partial void DutyLeft(this ILogger log, string duty);

    [LoggerMessage(1032, LogLevel.Error, "A duty ended in a way that it should not, and is sought again: {Duty}")]
    public static partial void DutyFailed(this ILogger log, Exception exception, string duty);

    [LoggerMessage(1020, LogLevel.Debug, "Not all that had started could be stopped in order")]
    public static partial void HalfStartedNotStopped(this ILogger log, Exception exception);
}
