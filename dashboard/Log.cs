using Microsoft.Extensions.Logging;

namespace CivicSignals.Dashboard;

/// <summary>Everything that the dashboard logs. Event ids 3000..3999.</summary>
internal static partial class Log
{
    [LoggerMessage(3000, LogLevel.Error, "The live hub cannot read the ledger; it tries again every second")]
    public static partial void TailFailed(this ILogger logger, Exception error);

    [LoggerMessage(3001, LogLevel.Information, "The live hub reads the ledger again")]
    public static partial void TailRecovered(this ILogger logger);

    [LoggerMessage(3002, LogLevel.Information, "{Count} live clients were too slow and were dropped; they resume where they stopped")]
    public static partial void SlowClientsDropped(this ILogger logger, int count);

    [LoggerMessage(3003, LogLevel.Warning, "No Orleans client: live streams follow the ledger by looking every second")]
    public static partial void HeadStreamAbsent(this ILogger logger);

    [LoggerMessage(3004, LogLevel.Warning, "The ledger-head stream cannot be used: live streams follow the ledger by looking every second")]
    public static partial void HeadStreamFailed(this ILogger logger, Exception error);

    [LoggerMessage(3050, LogLevel.Error, "A delivery cannot read the ledger or keep what it sent; it tries again every second")]
    public static partial void DeliveryTurnFailed(this ILogger logger, Exception error);

    [LoggerMessage(3051, LogLevel.Warning, "Delivery to {Target} failed: {Why}; it is tried again, less and less often")]
    public static partial void DeliveryFailed(this ILogger logger, string target, string why);

    [LoggerMessage(3052, LogLevel.Information, "Delivery to {Target} works again")]
    public static partial void DeliveryRecovered(this ILogger logger, string target);

    [LoggerMessage(3053, LogLevel.Error, "{Target} does not accept the account's token or password, or they do not allow it to post: {Why}; tried again every 15 minutes")]
    public static partial void DeliveryRefused(this ILogger logger, string target, string why);

    [LoggerMessage(3054, LogLevel.Error, "{Target} will not take a version of an alert: {Why}; it is left out")]
    public static partial void DeliveryRejected(this ILogger logger, string target, string why);

    [LoggerMessage(3055, LogLevel.Warning, "A post on {Target} was taken away; its alert is not posted there again")]
    public static partial void DeliveryGone(this ILogger logger, string target);

    [LoggerMessage(3100, LogLevel.Warning, "Auth:FirstPassword is shorter than {Length} characters")]
    public static partial void FirstPasswordShort(this ILogger logger, int length);

    [LoggerMessage(3101, LogLevel.Warning, "A sign-in was refused by the throttle")]
    public static partial void SignInThrottled(this ILogger logger);

    [LoggerMessage(3102, LogLevel.Information, "A sign-in failed")]
    public static partial void SignInFailed(this ILogger logger);

    [LoggerMessage(3103, LogLevel.Warning, "How the silos are could not be read for a page")]
    public static partial void SilosNotRead(this ILogger logger, Exception error);

    [LoggerMessage(3104, LogLevel.Warning, "A rejected message could not be sent again")]
    public static partial void NotSentAgain(this ILogger logger, Exception error);

    [LoggerMessage(3200, LogLevel.Error, "The ledger was not available to a request")]
    public static partial void LedgerUnavailable(this ILogger logger, Exception error);
}
