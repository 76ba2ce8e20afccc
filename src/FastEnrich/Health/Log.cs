using Microsoft.Extensions.Logging;

namespace FastEnrich.Health;

/// <summary>One line for each change of a plugin's state; the reasons are our own words, never the plugin's.</summary>
internal static partial class Log
{
    private const int Health = 200;

    [LoggerMessage(Health + 1, LogLevel.Information, "Plugin {Plugin} is {State}.", EventName = "PluginHealthy")]
    public static partial void PluginHealthy(ILogger logger, string plugin, HealthState state);

    [LoggerMessage(Health + 2, LogLevel.Warning, "Plugin {Plugin} is {State} ({Reasons}).", EventName = "PluginUnwell", SkipEnabledCheck = true)]
    public static partial void PluginUnwell(ILogger logger, string plugin, HealthState state, string reasons);
}
