using FastEnrich.Configuration;
using Microsoft.Extensions.Logging;

namespace FastEnrich.Registry;

/// <summary>
/// Says when a plugin folder is to be looked at: once it has been quiet for a moment after the system reported a change, and at intervals whatever it reported.
/// </summary>
internal sealed class FolderWatch : IDisposable
{
    private const int Impatience = 10; // a folder that is never quiet is read after so many times the quiet moment

    private readonly Lock _lock = new();
    private readonly PluginRegistryOptions _options;
    private readonly Action _look;
    private readonly ITimer _timer;
    private readonly FolderHints _hints;
    private long _hintedAt;
    private bool _isHinted;
    private bool _disposed;

    public FolderWatch(PluginRegistryOptions options, string folder, ILogger logger, Action look)
    {
        (_options, _look) = (options, look);
        _hints = new FolderHints(folder, below: true, OnChange, exception => Log.WatchFailed(logger, exception.GetType().Name, options.RescanInterval));
        _timer = options.TimeProvider.CreateTimer(static watch => ((FolderWatch)watch!).Look(), this, options.RescanInterval, options.RescanInterval);
        _hints.Listen();
    }

    /// <summary>Whether the file system would tell of a change.</summary>
    public bool IsListening => _hints.IsListening;

    /// <summary>Whether a change was reported and has not been looked at.</summary>
    public bool IsHinted
    {
        get
        {
            lock (_lock)
            {
                return _isHinted;
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
        }

        _timer.Dispose();
        _hints.Dispose();
    }

    /// <summary>A change was reported: the folder is looked at when no further one comes for a moment.</summary>
    public void Hint()
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            var now = _options.TimeProvider.GetTimestamp();
            if (!_isHinted)
            {
                (_isHinted, _hintedAt) = (true, now);
            }

            if (_options.TimeProvider.GetElapsedTime(_hintedAt, now) <= Impatience * _options.Debounce)
            {
                _timer.Change(_options.Debounce, _options.RescanInterval);
            }
        }
    }

    private void Look()
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _isHinted = false;
        }

        _hints.Listen();
        _look();
    }

    private void OnChange(string? name)
    {
        if (name?.StartsWith(PluginRegistry.FileName, StringComparison.Ordinal) != true) // our own writing
        {
            Hint();
        }
    }
}
