using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging;

namespace FastEnrich.Testing;

/// <summary>Keeps all that a plugin logs, of every level, as text: message, named values, scopes and exceptions. Thread-safe.</summary>
public sealed class CapturedLog : ILogger
{
    private const int MaxEntries = 10_000; // a plugin that logs in a loop must not take the test's memory

    private readonly ConcurrentQueue<string> _entries = new();
    private readonly AsyncLocal<string?> _scope = new();

    /// <summary>Gets what was logged, in its order; at most the last 10,000 entries.</summary>
    public IReadOnlyList<string> Entries => [.. _entries];

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        var outer = _scope.Value;
        _scope.Value = $"{outer} [{state}{Values(state)}]";
        return new Scope(() => _scope.Value = outer);
    }

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => true;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        _entries.Enqueue($"{logLevel} {eventId.Name}: {formatter(state, exception)}{Values(state)}{_scope.Value}{(exception is null ? "" : $" {exception}")}");
        while (_entries.Count > MaxEntries)
        {
            _entries.TryDequeue(out _);
        }
    }

    private static string Values<TState>(TState state)
    {
        if (state is not IEnumerable<KeyValuePair<string, object?>> values)
        {
            return "";
        }

        var text = new StringBuilder();
        foreach (var (name, value) in values)
        {
            text.Append(' ').Append(name).Append('=').Append(value);
        }

        return text.ToString();
    }

    private sealed class Scope(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
