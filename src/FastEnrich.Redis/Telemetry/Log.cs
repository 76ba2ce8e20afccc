using Microsoft.Extensions.Logging;

namespace FastEnrich.Redis.Telemetry;

/// <summary>The tier's log lines: one for each change of state, and never a user, a key, an address or a secret.</summary>
internal static partial class Log
{
    private const int Redis = 300;

    [LoggerMessage(
        Redis + 1,
        LogLevel.Warning,
        "Redis cannot be reached ({Reason}); the engine goes on without it and keeps trying.",
        EventName = "RedisConnectionLost")]
    public static partial void ConnectionLost(ILogger logger, string reason);

    [LoggerMessage(Redis + 2, LogLevel.Information, "Redis is connected.", EventName = "RedisConnectionRestored")]
    public static partial void ConnectionRestored(ILogger logger);

    [LoggerMessage(
        Redis + 3,
        LogLevel.Warning,
        "Redis, or a node of its cluster, does not answer in time; it is tried once a second until it does.",
        EventName = "RedisBreakerOpened")]
    public static partial void BreakerOpened(ILogger logger);

    [LoggerMessage(Redis + 4, LogLevel.Information, "Redis answers in time again.", EventName = "RedisBreakerClosed")]
    public static partial void BreakerClosed(ILogger logger);

    [LoggerMessage(Redis + 5, LogLevel.Warning, "Redis refuses writes ({Kind}); results stay in memory alone.", EventName = "RedisWritesFail")]
    public static partial void WritesFail(ILogger logger, string kind);

    [LoggerMessage(Redis + 6, LogLevel.Information, "Redis takes writes again.", EventName = "RedisWritesSucceed")]
    public static partial void WritesSucceed(ILogger logger);

    [LoggerMessage(Redis + 7, LogLevel.Error, "Redis refuses erasures ({Kind}); forgets are not complete until it takes them.", EventName = "RedisErasuresFail")]
    public static partial void ErasuresFail(ILogger logger, string kind);

    [LoggerMessage(Redis + 8, LogLevel.Information, "Redis takes erasures again.", EventName = "RedisErasuresSucceed")]
    public static partial void ErasuresSucceed(ILogger logger);
}
