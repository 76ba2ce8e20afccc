using Microsoft.Extensions.Logging;

namespace FastEnrich.Telemetry;

/// <summary>The engine's log lines: one for each change of state, none for a request, and never a user or a secret.</summary>
internal static partial class Log
{
    private const int Plugins = 100;

    [LoggerMessage(Plugins + 1, LogLevel.Information, "Plugin {Plugin} is connected.", EventName = "PluginConnected")]
    public static partial void PluginConnected(ILogger logger, string plugin);

    [LoggerMessage(Plugins + 2, LogLevel.Warning, "Plugin {Plugin} could not connect ({Code}); it is tried again until it can.", EventName = "PluginConnectFailed")]
    public static partial void PluginConnectFailed(ILogger logger, string plugin, PluginErrorCode code);

    [LoggerMessage(Plugins + 3, LogLevel.Warning, "The upstream of plugin {Plugin} keeps failing; calls to it are paused.", EventName = "BreakerOpened")]
    public static partial void BreakerOpened(ILogger logger, string plugin);

    [LoggerMessage(Plugins + 4, LogLevel.Information, "The upstream of plugin {Plugin} answers again.", EventName = "BreakerClosed")]
    public static partial void BreakerClosed(ILogger logger, string plugin);

    [LoggerMessage(Plugins + 5, LogLevel.Error, "All calls of plugin {Plugin} hang; it gets a fresh instance ({Count} of {Limit}).", EventName = "PluginReplaced")]
    public static partial void PluginReplaced(ILogger logger, string plugin, int count, int limit);

    [LoggerMessage(Plugins + 6, LogLevel.Error, "All calls of plugin {Plugin} hang, and so did those of its replacements; its users are rejected.", EventName = "PluginHung")]
    public static partial void PluginHung(ILogger logger, string plugin);

    [LoggerMessage(Plugins + 7, LogLevel.Warning, "Plugin {Plugin} failed to stop ({Type}).", EventName = "PluginStopFailed")]
    public static partial void PluginStopFailed(ILogger logger, string plugin, string type);

    [LoggerMessage(Plugins + 8, LogLevel.Warning, "The second tier does not answer; the engine goes on without it.", EventName = "L2Away")]
    public static partial void L2Away(ILogger logger);

    [LoggerMessage(Plugins + 9, LogLevel.Information, "The second tier answers again.", EventName = "L2Back")]
    public static partial void L2Back(ILogger logger);

    [LoggerMessage(Plugins + 10, LogLevel.Warning, "The second tier failed to stop ({Type}); what was queued for it may be lost.", EventName = "L2StopFailed")]
    public static partial void L2StopFailed(ILogger logger, string type);

    [LoggerMessage(
        Plugins + 11,
        LogLevel.Debug,
        "Plugin {Plugin}: {Operation}, attempt {Attempt}: {Outcome} after {Milliseconds:0.###} ms, users: {Users}.",
        EventName = "PluginAttempt",
        SkipEnabledCheck = true)]
    public static partial void PluginAttempt(ILogger logger, string plugin, string operation, int attempt, string outcome, double milliseconds, int users);
}
