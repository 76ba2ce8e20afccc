using Microsoft.Extensions.Logging;

namespace FastEnrich.Telemetry;

/// <summary>
/// One plugin's logger, for its own lines and for its lane's. With a level of its own that level alone decides: a line that the host's filters would drop is
/// written at the lowest level from information on that they let through, so that a plugin can be looked at without touching them.
/// </summary>
internal sealed class PluginLogger(ILogger host) : ILogger
{
    private const int HostDecides = -1;

    private volatile int _level = HostDecides;

    /// <summary>Gets or sets the plugin's own level; <see langword="null"/> leaves it to the host's filters.</summary>
    public LogLevel? Level
    {
        get => _level is var level and not HostDecides ? (LogLevel)level : null;
        set => _level = value is { } level ? (int)level : HostDecides;
    }

    public bool IsEnabled(LogLevel logLevel) => _level is var level and not HostDecides ? logLevel != LogLevel.None && (int)logLevel >= level : host.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            host.Log(_level == HostDecides ? logLevel : Passing(logLevel), eventId, state, exception, formatter);
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => host.BeginScope(state);

    private LogLevel Passing(LogLevel level)
    {
        for (var next = level; next <= LogLevel.Critical; next = next < LogLevel.Information ? LogLevel.Information : next + 1)
        {
            if (host.IsEnabled(next))
            {
                return next;
            }
        }

        return level;
    }
}
