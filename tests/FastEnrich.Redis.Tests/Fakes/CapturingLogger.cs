using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace FastEnrich.Redis.Tests.Fakes;

internal sealed class CapturingLogger : ILogger
{
    public ConcurrentQueue<string> Events { get; } = new();

    public ConcurrentQueue<string> Lines { get; } = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        Events.Enqueue(eventId.Name ?? "");
        Lines.Enqueue($"{formatter(state, exception)} {exception}");
    }
}
