using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace FastEnrich.Redis.ServerTests.Engine;

/// <summary>What one instance logs.</summary>
internal sealed class CapturedLog : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<(string? Event, string Line)> _entries = new();

    public IEnumerable<string> Lines => _entries.Select(static entry => entry.Line);

    public bool Has(string name) => _entries.Any(entry => entry.Event == name);

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _entries.Enqueue((eventId.Name, $"{formatter(state, exception)} {exception}"));

    public void Dispose()
    {
    }
}
