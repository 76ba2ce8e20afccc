using Microsoft.Extensions.Logging;

namespace FastEnrich.Telemetry;

/// <content>What becomes of a changed configuration: one line for each, with names and paths of keys, and never a value.</content>
internal static partial class Log
{
    private const int Configuration = 200;

    public static void Reloaded(ILogger logger, ReloadReport report)
    {
        if (!report.IsEmpty)
        {
            ConfigurationApplied(
                logger,
                Names(report.Started),
                Names(report.Stopped),
                Names(report.Replaced),
                Names(report.Adjusted),
                Names(report.Failed.Keys),
                Names(report.NeedRestart));
        }
    }

    [LoggerMessage(
        Configuration + 1,
        LogLevel.Information,
        "A new configuration holds. Plugins started: {Started}; stopped: {Stopped}; replaced: {Replaced}; adjusted: {Adjusted}; "
        + "could not connect and go on as they were: {Failed}. Needs a restart: {NeedRestart}.",
        EventName = "ConfigurationApplied")]
    private static partial void ConfigurationApplied(ILogger logger, string started, string stopped, string replaced, string adjusted, string failed, string needRestart);

    [LoggerMessage(Configuration + 2, LogLevel.Error, "The changed configuration is refused and the old one goes on: {Mistakes}", EventName = "ConfigurationRefused")]
    public static partial void ConfigurationRefused(ILogger logger, string mistakes);

    private static string Names(IEnumerable<string> names) => names.Any() ? string.Join(", ", names) : "none";
}
