using Microsoft.Extensions.Logging;

namespace FastEnrich.Sidecar.Logging;

/// <summary>
/// Writes one line per event to standard error. Categories that carry user ids (the server's requests, HttpClient's addresses) are off below
/// Warning whatever the level, and of an exception only the type is written: messages of other people's exceptions quote ids and secrets.
/// </summary>
internal sealed class LineLoggerProvider(TextWriter writer, LogLevel level, TimeProvider timeProvider) : ILoggerProvider
{
    private readonly Lock _lock = new();

    public ILogger CreateLogger(string categoryName) => new LineLogger(this, categoryName, LevelOf(categoryName));

    public void Dispose()
    {
    }

    internal void Write(string category, LogLevel eventLevel, EventId id, string message, Exception? exception)
    {
        var line = $"{timeProvider.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {NameOf(eventLevel)} {category}[{id.Id}] {message.ReplaceLineEndings(" ")}";
        lock (_lock)
        {
            writer.WriteLine(exception is null ? line : $"{line} ({exception.GetType().Name})");
        }
    }

    private LogLevel LevelOf(string category) =>
        level < LogLevel.Warning && (category.StartsWith("Microsoft.", StringComparison.Ordinal) || category.StartsWith("System.", StringComparison.Ordinal))
            ? LogLevel.Warning
            : level;

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
