using Microsoft.Extensions.Logging;

namespace FastEnrich.Redis.Telemetry;

/// <summary>The tier's log lines: one for each change of state, and never a user, a key, an address or a secret.</summary>
internal static partial class Log
{
    private const int Redis = 300;

    [LoggerMessage(Redis + 1, LogLevel.Warning, "Redis cannot be reached; the engine goes on without it and keeps trying.", EventName = "RedisConnectionLost")]
    public static partial void ConnectionLost(ILogger logger);

    [LoggerMessage(Redis + 2, LogLevel.Information, "Redis is connected.", EventName = "RedisConnectionRestored")]
    public static partial void ConnectionRestored(ILogger logger);
}
