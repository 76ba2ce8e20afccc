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
    private readonly string _folder;
    private readonly ILogger _logger;
    private readonly Action _look;
    private readonly ITimer _timer;
    private FileSystemWatcher? _watcher;
    private long _hintedAt;
    private bool _isHinted;
    private bool _hasFailed;
    private bool _disposed;

    public FolderWatch(PluginRegistryOptions options, string folder, ILogger logger, Action look)
    {
        (_options, _folder, _logger, _look) = (options, folder, logger, look);
        _timer = options.TimeProvider.CreateTimer(static watch => ((FolderWatch)watch!).Look(), this, options.RescanInterval, options.RescanInterval);
        EnsureWatcher();
    }

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
        FileSystemWatcher? watcher;
        lock (_lock)
        {
            _disposed = true;
            watcher = _watcher;
            _watcher = null;
        }

        _timer.Dispose();
        watcher?.Dispose();
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

        EnsureWatcher();
        _look();
    }

    /// <summary>The folder may come later than the registry, and be replaced by another one.</summary>
    private void EnsureWatcher()
    {
        lock (_lock)
        {
            if (_disposed || _watcher is not null || _hasFailed || !Directory.Exists(_folder))
            {
                return;
            }

            try
            {
                _watcher = new FileSystemWatcher(_folder) { IncludeSubdirectories = true };
                _watcher.Changed += (_, change) => OnChange(change.Name);
                _watcher.Created += (_, change) => OnChange(change.Name);
                _watcher.Deleted += (_, change) => OnChange(change.Name);
                _watcher.Renamed += (_, change) => OnChange(change.Name);
                _watcher.Error += (_, error) => OnError(error.GetException());
                _watcher.EnableRaisingEvents = true;
            }
            catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException or PlatformNotSupportedException)
            {
                _watcher?.Dispose();
                _watcher = null;
                _hasFailed = true; // the limits of a system that has no more watches do not change by asking
                Log.WatchFailed(_logger, e.GetType().Name, _options.RescanInterval);
            }
        }
    }

    private void OnChange(string? name)
    {
        if (name?.StartsWith(PluginRegistry.FileName, StringComparison.Ordinal) != true) // our own writing
        {
            Hint();
        }
    }

    private void OnError(Exception error)
    {
        FileSystemWatcher? watcher;
        lock (_lock)
        {
            watcher = _watcher;
            _watcher = null; // a new one is made at the next look
            _hasFailed |= error is not InternalBufferOverflowException;
            if (_hasFailed && !_disposed)
            {
                Log.WatchFailed(_logger, error.GetType().Name, _options.RescanInterval);
            }
        }

        watcher?.Dispose();
        Hint();
    }
}
