using Microsoft.Extensions.Logging;

namespace FastEnrich.Sidecar.Logging;

internal sealed class LineLogger(LineLoggerProvider provider, string category, LogLevel level) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null; // scopes carry request paths

    public bool IsEnabled(LogLevel logLevel) => logLevel >= level && logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            provider.Write(category, logLevel, eventId, formatter(state, null), exception);
        }
    }
}
