using Microsoft.Extensions.Logging;

namespace FastEnrich.Tests.Fakes;

/// <summary>Keeps every line at every level, with its scopes, parameters and exceptions.</summary>
internal sealed class CapturingLoggers : ILoggerFactory, ILogger
{
    private readonly List<(string Name, string Text)> _lines = [];

    public string[] Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines.Select(static line => line.Text)];
            }
        }
    }

    public int Count(string eventName)
    {
        lock (_lines)
        {
            return _lines.Count(line => line.Name == eventName);
        }
    }

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var parameters = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(";", pairs.Select(static pair => $"{pair.Key}={pair.Value}")) : "";
        lock (_lines)
        {
            _lines.Add((eventId.Name ?? "", $"{logLevel} {formatter(state, exception)} {parameters} {exception}"));
        }
    }

    public void Dispose()
    {
    }
}
