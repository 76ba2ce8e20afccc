using System.Collections.Concurrent;
using FastEnrich.Plugins;
using FastEnrich.Telemetry;
using Microsoft.Extensions.Logging;

namespace FastEnrich;

/// <content>How much each plugin logs.</content>
public sealed partial class PluginManager
{
    private readonly ConcurrentDictionary<string, PluginLogger> _pluginLoggers = new(StringComparer.Ordinal); // by known plugins' own names

    /// <summary>Says which level a plugin has of its own.</summary>
    /// <param name="name">The plugin's name or alias.</param>
    /// <returns>The level; <see langword="null"/> when the host's filters decide.</returns>
    /// <exception cref="ArgumentException">No plugin of that name is known.</exception>
    public LogLevel? GetLogLevel(string name) => LoggerOf(Known(name).Name).Level;

    /// <summary>
    /// Sets from which level on a plugin's lines are written: its own, and at <see cref="LogLevel.Debug"/> one for each call of it. It holds at once and for later
    /// instances, until a reloaded configuration changes the plugin's <c>log_level</c>. Costs nothing while it is off.
    /// </summary>
    /// <param name="name">The plugin's name or alias.</param>
    /// <param name="level">
    /// The level; <see langword="null"/> leaves it to the host's filters. A line that these would drop is written at the lowest level from information on that they let through.
    /// </param>
    /// <exception cref="ArgumentException">No plugin of that name is known.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is none that there is.</exception>
    public void SetLogLevel(string name, LogLevel? level)
    {
        if (level is < LogLevel.Trace or > LogLevel.None)
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, "A level is from trace to none.");
        }

        LoggerOf(Known(name).Name).Level = level;
    }

    private PluginLogger LoggerOf(string name) =>
        _pluginLoggers.GetOrAdd(name, static (name, loggers) => new PluginLogger(loggers.CreateLogger($"FastEnrich.Plugins.{name}")), _loggers);

    /// <summary>Takes over the levels that an accepted configuration changes; returns the running plugins among them.</summary>
    private List<string> TakeLogLevels(ReloadPlan plan)
    {
        var changed = new List<string>();
        foreach (var (name, settings) in plan.Configured)
        {
            if (_configured.GetValueOrDefault(name)?.LogLevel != settings.LogLevel)
            {
                LoggerOf(name).Level = settings.LogLevel;
                if (_engine.Plugins.Find(name) is not null)
                {
                    changed.Add(name);
                }
            }
        }

        return changed;
    }
}
