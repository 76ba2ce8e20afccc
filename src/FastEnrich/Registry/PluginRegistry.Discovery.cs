using FastEnrich.Registry;

namespace FastEnrich;

/// <content>The plugin folder: read at start, when it changes, and at intervals.</content>
public sealed partial class PluginRegistry
{
    private readonly Lock _scanning = new();
    private FolderWatch? _watch;
    private ITimer? _saveTimer;
    private int _ignored;
    private bool _isFolderUnreadable;

    /// <summary>Whether the system reported a change of the folder that has not been looked at.</summary>
    internal bool HasHint => _watch?.IsHinted == true;

    /// <summary>Whether the system would report a change of the folder.</summary>
    internal bool IsListening => _watch?.IsListening == true;

    /// <summary>Looks at the folder now. Manifests that look as before are not read again.</summary>
    public void Rescan()
    {
        if (_folder is null)
        {
            return;
        }

        lock (_scanning) // one look at a time; readers of the registry do not wait for the disk
        {
            if (_disposed)
            {
                return;
            }

            try
            {
                var (found, ignored) = new FolderReader(_folder).Read(StampOf);
                Take(found);
                if (ignored > 0 && ignored != _ignored)
                {
                    Log.FoldersIgnored(_logger, ignored, FolderReader.MaxManifests);
                }

                _ignored = ignored;
                _isFolderUnreadable = false;
            }
            catch (Exception e) when (e is not OutOfMemoryException) // a timer calls this: what it let out would end the process
            {
                if (!_isFolderUnreadable)
                {
                    Log.FolderUnreadable(_logger, e.GetType().Name);
                    _isFolderUnreadable = true;
                }
            }
        }
    }

    private void BeginWatching()
    {
        lock (_scanning)
        {
            if (_disposed)
            {
                return;
            }

            if (_folder is not null)
            {
                _watch = new FolderWatch(_options, _folder, _logger, Rescan);
            }

            if (_file is not null)
            {
                _saveTimer = _options.TimeProvider.CreateTimer(static registry => ((PluginRegistry)registry!).SaveNow(), this, _options.SaveInterval, _options.SaveInterval);
            }
        }
    }

    private (FolderStamp Stamp, bool HasChecksum)? StampOf(string name)
    {
        lock (_lock)
        {
            // One whose checksum did not match is looked at as a whole each time: its files may be mended while its manifest stays.
            return _records.GetValueOrDefault(name) is { Stamp: { } stamp } record && record.ManifestErrors.All(static problem => problem.Path != "checksum")
                ? (stamp, record.Found?.Checksum is not null)
                : null;
        }
    }

    private void Take(Dictionary<string, FoundPlugin> found)
    {
        lock (_lock)
        {
            foreach (var (name, plugin) in found)
            {
                if (plugin.Reading is { } reading)
                {
                    Take(RecordOf(name), plugin.Stamp, reading);
                }
            }

            foreach (var record in _records.Values.Where(record => record.Stamp is not null && !found.ContainsKey(record.Name)).ToArray())
            {
                Log.ManifestGone(_logger, record.Name);
                Forget(record);
            }
        }
    }

    private void Take(RegistryRecord record, FolderStamp stamp, ManifestReading reading)
    {
        var isNews = record.Stamp is null || !record.ManifestErrors.SequenceEqual(reading.Errors) || (reading.Manifest is not null && record.ManifestErrors.Count == 0);
        record.Stamp = stamp;
        record.ManifestErrors = reading.Errors;
        record.ManifestWarnings = reading.Warnings;
        if (reading.Manifest is { } manifest)
        {
            record.Found = manifest;
            Log.ManifestRead(_logger, record.Name, manifest.Metadata.Version);
        }
        else if (isNews)
        {
            Log.ManifestBroken(_logger, record.Name, reading.Errors.Count, reading.Errors[0].ToString());
        }

        Apply(record, RegistryChange.Install);
    }

    private void Forget(RegistryRecord record)
    {
        (record.Stamp, record.ManifestErrors, record.ManifestWarnings) = (null, [], []);
        if (record.Compiled is not null)
        {
            record.Found = null;
            return;
        }

        Apply(record, RegistryChange.Uninstall);
        if (record is { Unsaved: { Usage: 0, Reviews.Count: 0 }, Stored: { Usage: 0, Reviews.Count: 0 } })
        {
            _records.Remove(record.Name); // nothing to remember it by: names that come and go take no memory
        }
    }
}
