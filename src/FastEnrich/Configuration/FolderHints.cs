namespace FastEnrich.Configuration;

/// <summary>
/// What the file system tells of changes in a folder. It only makes noticing faster: there may be no such folder, permission or watch left, now or later, so
/// whoever uses it looks at intervals too, and asks before each look that it listens again where it can.
/// </summary>
internal sealed class FolderHints(string folder, bool below, Action<string?> changed, Action<Exception>? failed = null) : IDisposable
{
    private readonly Lock _lock = new();
    private FileSystemWatcher? _watcher;
    private bool _hasFailed;
    private bool _disposed;

    /// <summary>Whether the file system would tell of a change now.</summary>
    public bool IsListening
    {
        get
        {
            lock (_lock)
            {
                return _watcher is not null;
            }
        }
    }

    /// <summary>Listens, if it does not yet and can: the folder may come late, and be replaced by another one.</summary>
    public void Listen()
    {
        lock (_lock)
        {
            if (_disposed || _watcher is not null || _hasFailed || !Directory.Exists(folder))
            {
                return;
            }

            try
            {
                _watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = below };
                _watcher.Changed += (_, change) => changed(change.Name);
                _watcher.Created += (_, change) => changed(change.Name);
                _watcher.Deleted += (_, change) => changed(change.Name);
                _watcher.Renamed += (_, change) => changed(change.Name);
                _watcher.Error += (_, error) => OnError(error.GetException());
                _watcher.EnableRaisingEvents = true;
            }
            catch (Exception exception) when (exception is not OutOfMemoryException) // whatever it is, looking at intervals does without
            {
                _watcher?.Dispose();
                _watcher = null;
                _hasFailed = true; // the limits of a system that has no more watches do not change by asking
                failed?.Invoke(exception);
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

        watcher?.Dispose();
    }

    private void OnError(Exception error)
    {
        FileSystemWatcher? watcher;
        lock (_lock)
        {
            watcher = _watcher;
            _watcher = null; // a new one is made before the next look
            _hasFailed |= error is not InternalBufferOverflowException;
            if (_hasFailed && !_disposed)
            {
                failed?.Invoke(error);
            }
        }

        watcher?.Dispose();
        changed(null); // what was not told may be anything
    }
}
