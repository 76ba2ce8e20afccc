using Microsoft.Extensions.Logging;

namespace FastEnrich.Processes;

/// <summary>The log lines of process plugins: one for each change of state, and never what a child wrote.</summary>
internal static partial class Log
{
    private const int Processes = 1100;

    [LoggerMessage(Processes + 1, LogLevel.Warning, "The process of plugin {Plugin} ended ({Reason}); it is started again.", EventName = "ProcessEnded")]
    public static partial void ProcessEnded(ILogger logger, string plugin, string reason);

    [LoggerMessage(Processes + 2, LogLevel.Information, "The process of plugin {Plugin} runs again.", EventName = "ProcessRestarted")]
    public static partial void ProcessRestarted(ILogger logger, string plugin);

    [LoggerMessage(
        Processes + 3,
        LogLevel.Warning,
        "The process of plugin {Plugin} could not be started again ({Code}): {Message} It is tried until it can.",
        EventName = "ProcessRestartFailed")]
    public static partial void ProcessRestartFailed(ILogger logger, string plugin, PluginErrorCode code, string message);

    [LoggerMessage(Processes + 4, LogLevel.Debug, "The process of plugin {Plugin} ended once more ({Reason}).", EventName = "ProcessEndedAgain")]
    public static partial void ProcessEndedAgain(ILogger logger, string plugin, string reason);

    [LoggerMessage(Processes + 6, LogLevel.Error, "The process of plugin {Plugin} is not started: {Problem}", EventName = "CommandRefused")]
    public static partial void CommandRefused(ILogger logger, string plugin, string problem);

    [LoggerMessage(Processes + 5, LogLevel.Warning, "The process of plugin {Plugin} did not end when it was told to and was killed.", EventName = "ProcessKilled")]
    public static partial void ProcessKilled(ILogger logger, string plugin);
}
