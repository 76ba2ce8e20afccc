using Microsoft.Extensions.Logging;

namespace FastEnrich.Redis.Telemetry;

/// <content>What the bus logs.</content>
internal static partial class Log
{
    private const int Invalidation = 400;

    [LoggerMessage(Invalidation + 1, LogLevel.Information, "Messages of other instances arrive.", EventName = "MessagesArrive")]
    public static partial void MessagesArrive(ILogger logger);

    [LoggerMessage(Invalidation + 2, LogLevel.Warning, "Messages of other instances may be missed ({Reason}); what is held is looked up again.", EventName = "MessagesMissed")]
    public static partial void MessagesMissed(ILogger logger, string reason);

    [LoggerMessage(
        Invalidation + 3,
        LogLevel.Error,
        "More than {Capacity} users wait to be erased in Redis; the oldest are given up, and their callers must repeat them.",
        EventName = "RecoveryOverflow")]
    public static partial void RecoveryOverflow(ILogger logger, int capacity);

    [LoggerMessage(
        Invalidation + 4,
        LogLevel.Warning,
        "Redis has not confirmed what was erased or dropped ({Count} left); it is repeated until it does.",
        EventName = "ErasureUnconfirmed")]
    public static partial void ErasureUnconfirmed(ILogger logger, int count);

    [LoggerMessage(Invalidation + 5, LogLevel.Information, "Everything that was erased or dropped is confirmed.", EventName = "ErasureConfirmed")]
    public static partial void ErasureConfirmed(ILogger logger);

    [LoggerMessage(
        Invalidation + 6,
        LogLevel.Warning,
        "The generations cannot be read; those known last are used for as long as disconnected_serving allows.",
        EventName = "GenerationsUnconfirmed")]
    public static partial void GenerationsUnconfirmed(ILogger logger);

    [LoggerMessage(Invalidation + 7, LogLevel.Information, "The generations are read again.", EventName = "GenerationsConfirmed")]
    public static partial void GenerationsConfirmed(ILogger logger);
}
