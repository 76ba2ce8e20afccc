using FastEnrich.Registry;

namespace FastEnrich;

/// <content>What survives a restart.</content>
public sealed partial class PluginRegistry
{
    private static readonly TimeSpan s_turnWait = TimeSpan.FromMilliseconds(20);
    private const int MaxTurns = 250; // five seconds: another process holds its turn for milliseconds

    private readonly Lock _saving = new();
    private bool _isFileFailing;

    /// <summary>Writes what the file does not hold yet, waiting up to five seconds for other processes that write it.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// Whether the file now holds everything; true when there is nothing to write, false when there is no file to write to
    /// or it could not be written, which is logged.
    /// </returns>
    /// <exception cref="OperationCanceledException">The token was cancelled while another process was writing.</exception>
    public async ValueTask<bool> FlushAsync(CancellationToken cancellationToken = default)
    {
        for (var turn = 0; turn < MaxTurns; turn++)
        {
            if (TrySave(all: true) is { } saved)
            {
                return saved;
            }

            await Task.Delay(s_turnWait, _options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }

        return false;
    }

    /// <summary>Stops watching and writes what the file does not hold yet.</summary>
    /// <returns>A task that ends when it is written, or could not be.</returns>
    public async ValueTask DisposeAsync()
    {
        lock (_scanning)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
        }

        _watch?.Dispose();
        _saveTimer?.Dispose();
        if (_started != 0)
        {
            await FlushAsync().ConfigureAwait(false);
        }
    }

    private void Load() => TrySave(all: false);

    private void SaveNow() => TrySave(all: true);

    /// <summary>Whether everything is written; null while another process has its turn.</summary>
    private bool? TrySave(bool all)
    {
        if (_file is null)
        {
            return Pending().Count == 0;
        }

        lock (_saving) // one write at a time; readers of the registry do not wait for the disk
        {
            try
            {
                var pending = all && !_options.ReadOnly ? Pending() : [];
                if (pending.Count == 0 && !_file.HasChanged)
                {
                    return true;
                }

                if (_file.TryAdd(pending, out var damaged) is not { } held)
                {
                    return null;
                }

                if (damaged is not null)
                {
                    Log.FileDamaged(_logger, damaged);
                }

                if (_isFileFailing)
                {
                    Log.FileBack(_logger);
                }

                _isFileFailing = false;
                Take(pending, held);
                return true;
            }
            catch (Exception e) when (e is not OutOfMemoryException) // a timer calls this: what it let out would end the process
            {
                if (!_isFileFailing)
                {
                    Log.FileFailed(_logger, e.GetType().Name);
                    _isFileFailing = true;
                }

                return false;
            }
        }
    }

    private Dictionary<string, StoredPlugin> Pending()
    {
        lock (_lock)
        {
            Refresh();
            return _records.Values.Where(static record => record.HasUnsaved).ToDictionary(static record => record.Name, static record => record.Unsaved, StringComparer.Ordinal);
        }
    }

    private void Take(Dictionary<string, StoredPlugin> saved, Dictionary<string, StoredPlugin> held)
    {
        lock (_lock)
        {
            foreach (var (name, stored) in held)
            {
                if (!saved.ContainsKey(name))
                {
                    RecordOf(name).Load(stored);
                }
            }

            foreach (var (name, before) in saved)
            {
                RecordOf(name).Saved(before, held.GetValueOrDefault(name) ?? new StoredPlugin());
            }
        }
    }
}
